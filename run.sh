cd /tmp/pg/tooling/playground; export PATH=/tmp/pg/node_modules/.bin:$PATH
timeout 20 node src/main.ts "$1" 2>&1
