# syntax=docker/dockerfile:1
# The server with its in-process agent and the web app; the database is another container (docker-compose.yml).

FROM node:22-bookworm-slim AS web
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
COPY frontend/package.json frontend/
COPY tests/e2e/package.json tests/e2e/
COPY tests/drills/package.json tests/drills/
# Everything, optional packages included: the native parts of the build tools are optional packages too.
RUN npm ci --no-audit --no-fund
COPY frontend frontend
RUN npm run build --workspace frontend

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS server
WORKDIR /src
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig BannedSymbols.txt ./
COPY backend backend
RUN dotnet publish backend/Torch.Cli --configuration Release --output /app --nologo

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=server /app .
COPY --from=web /src/frontend/dist wwwroot
ENV TORCH_URLS=http://0.0.0.0:8080 TORCH_DATA=/data
RUN mkdir /data && chown app:app /data
VOLUME /data
EXPOSE 8080
USER app
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["dotnet", "torch.dll", "ready"]
ENTRYPOINT ["dotnet", "torch.dll"]
CMD ["serve"]
