# syntax=docker/dockerfile:1
FROM python:3.13-slim AS build
WORKDIR /build
COPY requirements/run.txt requirements/
RUN python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements/run.txt \
 && /venv/bin/python -m pip uninstall --yes --quiet pip

FROM python:3.13-slim
# tini is process 1 and passes on every signal: the bot as process 1 would not hear one that comes before Python listens.
# Debian rebuilds it under new endings of this version.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends "tini=0.19.0-*" \
 && rm -rf /var/lib/apt/lists/*
# The bot owns nothing but its data; the authors' files are mounted read-only at /content.
RUN useradd --uid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin fascicle \
 && install -d -o fascicle -g fascicle /data /content
COPY --from=build /venv /venv
COPY bot /app/bot
ENV PATH=/venv/bin:$PATH \
    PYTHONPATH=/app \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    FASCICLE_DATABASE__URL=sqlite+aiosqlite:////data/fascicle.db \
    FASCICLE_CONTENT__PATH=/content \
    FASCICLE_HTTP__HOST=0.0.0.0
USER fascicle
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]
# The token comes by DISCORD_TOKEN, or better by DISCORD_TOKEN_FILE naming a mounted secret.
STOPSIGNAL SIGTERM
# 143 is SIGTERM before Python listens: nothing had been begun, so that is an end in order. Signals go to the bot alone
# (no -g): it ends its own workers.
ENTRYPOINT ["tini", "-e", "143", "--", "python", "-m", "bot"]
CMD ["run"]
