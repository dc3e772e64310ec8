#!/bin/sh
# Runs nginx with its error log, which is plain text, turned into JSON lines like every other.
set -eu
mkfifo -m 0600 /tmp/error.log
awk -W interactive -v service=nginx -f /etc/nginx/log-json.awk </tmp/error.log &
exec nginx -g 'daemon off;' 2>/tmp/error.log
