/** nginx runs with something replaced in one of its files. */
export type Edit = {
  why: string
  /** Below `nginx/`. */
  file: string
  replace: [RegExp, string]
  suite?: 'edge' | 'waf'
  /** The files of the suite that can see it: each would otherwise run whole for each row. */
  tests: string[]
  finds: RegExp
}

export const edits: Edit[] = [
  {
    why: 'a security header is gone',
    file: 'snippets/response-headers.conf',
    replace: [/^add_header X-Content-Type-Options .*\n/m, ''],
    tests: ['headers'],
    finds: /200 by 'a page' has each header once/,
  },
  {
    why: 'a security header comes twice',
    file: 'snippets/response-headers.conf',
    replace: [/^add_header Referrer-Policy .*\n/m, '$&$&'],
    tests: ['headers'],
    finds: /404 by 'nginx without a route' has each header once/,
  },
  {
    why: 'a block forgets the headers of all others',
    file: 'snippets/json-answer.conf',
    replace: [/^include snippets\/response-headers.conf;\n/m, ''],
    tests: ['headers'],
    finds: /421 by 'nginx for an unknown host' has each header once/,
  },
  {
    why: 'browsers are not told to stay with HTTPS',
    file: 'modes/https-only/http.conf',
    replace: [/^ +on +"max-age=63072000.*\n/m, ''],
    tests: ['https-only'],
    finds: /by HTTPS every answer tells browsers to stay there/,
  },
  {
    why: 'browsers are told twice to stay with HTTPS',
    file: 'snippets/response-headers.conf',
    replace: [/^add_header Strict-Transport-Security .*\n/m, '$&$&'],
    tests: ['https-only'],
    finds: /by HTTPS every answer tells browsers to stay there/,
  },
  {
    why: 'browsers are told to stay with HTTPS where HTTP is served too',
    file: 'modes/both/http.conf',
    replace: [/default "";/, 'default "max-age=63072000";'],
    tests: ['headers'],
    finds: /by HTTPS \/api has them too/,
  },
  {
    why: 'the versions of TLS before 1.2 are on',
    file: 'snippets/tls.conf',
    replace: [
      /^ssl_protocols .*\nssl_ciphers .*$/m,
      'ssl_protocols TLSv1 TLSv1.1 TLSv1.2;\nssl_ciphers ALL:@SECLEVEL=0;',
    ],
    tests: ['tls'],
    finds: /TLSv1\.1 is refused/,
  },
  {
    why: 'ciphers in CBC mode are on',
    file: 'snippets/tls.conf',
    replace: [/^(ssl_ciphers +)/m, '$1ECDHE-RSA-AES128-SHA256:ECDHE-ECDSA-AES128-SHA256:'],
    tests: ['tls'],
    finds: /a cipher 'in CBC mode' is refused/,
  },
  {
    why: 'another certificate waits for a restart',
    file: 'snippets/tls.conf',
    replace: [/\$certificate;/g, '/run/secrets/shop_certificate/certificate.pem;'],
    tests: ['certificate'],
    finds: /a certificate of your own counts from the next handshake on/,
  },
  {
    why: 'a host that is not known is answered',
    file: 'conf.d/shop.conf',
    replace: [/include \/tmp\/server-names\.conf;/, 'server_name ~.;'],
    tests: ['hosts'],
    finds: /the host "'rebound\.example'" is answered 421/,
  },
  {
    why: 'a method more is allowed',
    file: 'snippets/methods.conf',
    replace: [/(default +"GET, HEAD, POST)"/, '$1, DELETE"'],
    tests: ['smuggling'],
    finds: /'DELETE of a page' is answered/,
  },
  {
    why: 'an encoded slash is let through',
    file: 'snippets/paths.conf',
    replace: [/%2f\|/, ''],
    tests: ['smuggling'],
    finds: /'the path \/api\/products%2FID' is answered/,
  },
  {
    why: 'the routes between services are reached from outside',
    file: 'snippets/paths.conf',
    replace: [/^ .*internal.*\n/m, ''],
    tests: ['smuggling'],
    finds: /'the path \/internal\/stock\/ID' is answered/,
  },
  {
    why: 'a request without version and headers is answered',
    file: 'snippets/refusals.conf',
    replace: [/return 444;/, 'set $nothing "";'],
    tests: ['smuggling'],
    finds: /'no version' is answered/,
  },
  {
    why: 'the version of the server is shown',
    file: 'nginx.conf',
    replace: [/server_tokens +off;/, 'server_tokens on;'],
    tests: ['headers'],
    finds: /404 by 'nginx without a route' has each header once/,
  },
  {
    why: 'the address of a service is in the answers',
    file: 'snippets/proxy.conf',
    replace: [/^include snippets\/response-headers.conf;/m, '$&\nadd_header X-Served-By $upstream_addr always;'],
    tests: ['smuggling'],
    finds: /'an absolute address' is answered/,
  },
  {
    why: 'every site may read the answers',
    file: 'snippets/response-headers.conf',
    replace: [/$/, 'add_header Access-Control-Allow-Origin * always;\n'],
    tests: ['headers'],
    finds: /200 by 'a list of the API' has each header once/,
  },
  {
    why: 'cookies go by plain HTTP and are read by scripts',
    file: 'snippets/proxy.conf',
    replace: [/$/, 'proxy_cookie_flags ~ nosecure nohttponly;\n'],
    tests: ['headers'],
    finds: /every cookie is for this host, HTTPS and no script/,
  },
  {
    why: 'port 80 serves the shop where HTTPS alone should',
    file: 'modes/https-only/http.conf',
    replace: [/return 308 .*$/m, 'proxy_pass https://frontend;'],
    tests: ['https-only'],
    finds: /by HTTP '\/' of 'localhost' leads to 'https:/,
  },
  {
    why: 'bodies of any length are taken',
    file: 'snippets/limits.conf',
    replace: [/(client_max_body_size +)64k;/, '$10;'],
    tests: ['headers'],
    finds: /413 by 'nginx for a large body' has each header once/,
  },
  {
    why: 'there are few connections for many slow clients',
    file: 'nginx.conf',
    replace: [/worker_connections 3072;/, 'worker_connections 256;'],
    tests: ['slow-clients'],
    finds: /1,000 connections with slow '(headers|bodies)' keep nobody else waiting/,
  },
  {
    why: 'everybody waits for a service that does not answer',
    file: 'snippets/upstreams.conf',
    replace: [/ max_conns=\d+/g, ''],
    tests: ['overload'],
    finds: /while 'gateway' does not answer, nobody waits for ever and most are told at once/,
  },
  {
    why: 'the cache ignores a cookie and a token',
    file: 'cache/http.conf',
    replace: [/(\$is_personal \{\n.*\n +default) 1;/, '$1 0;'],
    tests: ['cache-users'],
    finds: /nobody gets what was meant for another|is not what the next gets/,
  },
  {
    why: 'what is kept does not run out',
    file: 'cache/location.conf',
    replace: [/$/, 'proxy_ignore_headers X-Accel-Expires Cache-Control;\nproxy_cache_valid 200 1h;\n'],
    tests: ['cache'],
    finds: /seen by the first who asks|everybody who asks at once sees it/,
  },
  {
    why: 'what is stale is not said to be',
    file: 'cache/http.conf',
    replace: [/edge; hit; detail=stale/, 'edge; hit'],
    tests: ['stale'],
    finds: /the catalogue is what it was, and said to be/,
  },
  {
    why: 'requests are not limited',
    file: 'snippets/client-limits.conf',
    replace: [/^include \/tmp\/client-limits\.conf;$/m, '$&\nlimit_req_dry_run on;'],
    tests: ['limits'],
    finds: /takes so many requests at once, then as many a second as it should/,
  },
  {
    why: 'the API is not read for attacks',
    file: 'conf.d/shop.conf',
    replace: [/(location \/api\/ \{\n.*\n) +include snippets\/waf\.conf;\n/, '$1'],
    suite: 'waf',
    tests: ['answer'],
    finds: /under \/api a request is turned away in the form of every error/,
  },
]
