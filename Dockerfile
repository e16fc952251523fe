# docker build -t integrations-tech-lead .
# docker run -p 3000:3000 --env-file .env -v tech-lead-data:/data integrations-tech-lead

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY tools/node-runtime tools/node-runtime
RUN npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY tools tools
COPY src src
COPY providers providers
COPY rules rules
COPY facts facts
RUN npm run build

FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY tools/node-runtime tools/node-runtime
# No package needs its install script: ast-grep would copy its own binary, 54 MB.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:24-bookworm-slim
# git is for `tech-lead review` on a mounted checkout; the server itself reads through GitHub's API.
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates git \
  && rm -rf /var/lib/apt/lists/* \
  && mkdir -m 0700 /data \
  && chown node:node /data
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json LICENSE README.md ./
COPY bin bin
COPY agents agents
COPY providers providers
COPY rules rules
COPY facts facts
RUN ln -s /app/bin/tech-lead.js /usr/local/bin/tech-lead

ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
USER node
VOLUME /data
EXPOSE 3000
# The first start of the embedded store takes some seconds; no answer before that is a failure.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT||3000}/healthz`,{signal:AbortSignal.timeout(4000)}).then((answer)=>process.exit(answer.ok?0:1),()=>process.exit(1))"]
CMD ["node", "dist/server/main.js"]
