import { form, json, query, type Sent } from './request.ts'

/** What people who mean no harm write in a shop. */
const texts = [
  "O'Brien",
  "Nuala O'Brien-D'Angelo",
  'select specialty coffee',
  'Select your size from the table below and order by Friday',
  'union jack mug',
  'drop earrings, gold',
  'insert for a size 9 shoe or 10',
  'Where the wild things are',
  'Rock & Roll: 50% off!',
  'salt and pepper grinder; set of 2',
  'The "best" headphones (wireless)',
  'coffee ☕ and 🎧, 100% organic',
  '王小明 的 耳机',
  'Müller & Söhne GmbH, Straße 5',
  'Łódź, ul. Piotrkowska 12/4',
  'Москва, улица Ленина, дом 1',
  'C++ and C#: a cookbook, 3rd edition',
  "Rock 'n' Roll",
  '27" monitor',
  '6\' 2" tall lamp',
  '$19.99 or best offer',
  'A/B testing: 2 + 2 = 4?',
  'size = large',
  'cat food; dog food; bird seed',
  "Who's afraid of Virginia Woolf?",
  'echo dot',
  'USB-C -> HDMI adapter',
  'Price: 5 < 10',
  'e.g. time or date and place',
  'Ring me at +353 1 555 0100 (evenings), or mail a.b+c@example.com',
  'See www.example.com for the care instructions',
  '#1 seller -- truly!',
  'null and void: the board game',
  'The Exec: a novel',
  '1984 or Animal Farm',
  'having fun group by group',
]

const longAddress = `Nuala O'Brien
c/o The Very Long Named Institute for Advanced & Applied Studies (Building No. 12, Entrance "C")
Flat 4b/2, 3rd floor, 100-102 St. Stephen's Green South
Dublin 2, D02 XY45; Ireland`

const description = `<p>A <strong>warm</strong> jumper for <em>cold</em> days.</p>
<ul><li>100% wool</li><li>Made in Ireland</li></ul>`

const orderKey = 'q7Zb3-nXx_0pLrT9aWm2Ug'

/** Every route of the API, and the forms of the storefront, as the shop's own pages and customers use them. */
const uses: { what: string; sent: Sent }[] = [
  ...[
    '/',
    '/health',
    '/api/health',
    '/api/products/health',
    '/api/orders/health',
    '/api/openapi.json',
    '/api/products',
    '/api/products?category=books&limit=5',
    '/api/products?cursor=eyJpZCI6MTJ9',
    '/api/products/1',
    '/api/orders',
    '/api/orders?limit=2',
    '/api/orders/999999999999',
    `/api/orders/1?key=${orderKey}`,
    '/api/auth/me',
    '/category/home',
    '/products/1',
    '/basket',
    '/checkout',
    '/orders',
    `/orders/1?key=${orderKey}`,
    '/orders/1/status',
    '/sign-in?next=%2Forders%2F1',
    '/register',
    '/account',
    '/staff/orders',
    '/staff/products/new',
    '/staff/products/1?saved',
    '/robots.txt',
    '/favicon.svg',
    '/?utm_source=newsletter&utm_campaign=Spring%20Sale%202026&gclid=Cj0KCQiA-_b9',
  ].map((path) => ({ what: `GET ${path}`, sent: { path } })),
  {
    what: 'a browser with all its headers',
    sent: {
      path: '/',
      headers: {
        cookie: `basket=7-1.9-2; __Host-csrf=AAAAAAAAAAAAAAAAAAAAAA; __Host-access=eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIxIn0.c2ln_-A`,
        referer: 'http://localhost/category/books?q=animal%20farm',
        'accept-language': 'en-IE,en;q=0.9,de;q=0.7',
        'sec-ch-ua': '"Chromium";v="142", "Not_A Brand";v="99"',
        'if-none-match': 'W/"1a-bcdef"',
      },
    },
  },
  {
    what: 'POST /api/products',
    sent: { ...json({ name: '', price: 999.99, stock: 10 }), method: 'POST', path: '/api/products' },
  },
  { what: 'PATCH a product', sent: json({ price: 899.5, stock: 3, category: 'electronics' }) },
  { what: 'PATCH with HTML in a description', sent: json({ description }) },
  { what: 'DELETE a product', sent: { method: 'DELETE', path: '/api/products/999999999999' } },
  {
    what: 'POST /api/orders',
    sent: { ...json({ product_id: 999_999_999_999, quantity: 2 }), method: 'POST', path: '/api/orders' },
  },
  {
    what: 'POST /api/orders, of many',
    sent: {
      ...json({ items: Array.from({ length: 20 }, (_, n) => ({ product_id: 999_999_999_000 + n, quantity: 1 })) }),
      method: 'POST',
      path: '/api/orders',
    },
  },
  {
    what: 'refund',
    sent: { method: 'POST', path: '/api/orders/999999999999/refund', headers: { 'content-length': 0 } },
  },
  {
    what: 'register',
    sent: {
      ...json({ email: '', name: "Nuala O'Brien", password: 'correct horse battery staple!' }),
      method: 'POST',
      path: '/api/auth/register',
    },
  },
  {
    what: 'log in',
    sent: {
      ...json({ email: "nuala.o'brien@example.com", password: 'Tr0ub4dor&3; "quoted"' }),
      method: 'POST',
      path: '/api/auth/login',
    },
  },
  {
    what: 'refresh',
    sent: { ...json({ refresh_token: 'c29tZXRoaW5n_-x' }), method: 'POST', path: '/api/auth/refresh' },
  },
  {
    what: 'log out',
    sent: { ...json({ refresh_token: 'c29tZXRoaW5n_-x' }), method: 'POST', path: '/api/auth/logout' },
  },
  {
    what: 'put into the basket',
    sent: form('/basket/items', { csrf: 'AAAAAAAAAAAAAAAAAAAAAA', product_id: '7', quantity: '2' }),
  },
  { what: 'change the basket', sent: form('/basket/items/7', { csrf: 'AAAAAAAAAAAAAAAAAAAAAA', quantity: '0' }) },
  {
    what: 'check out',
    sent: form('/checkout', {
      csrf: 'AAAAAAAAAAAAAAAAAAAAAA',
      name: "Nuala O'Brien",
      email: 'nuala@example.com',
      address: longAddress,
      payment_token: 'tok_visa',
      idempotency_key: '4be0643f-1d98-473b-97cd-ca98a65347dd',
    }),
  },
  {
    what: 'sign in',
    sent: form('/sign-in', {
      csrf: 'AAAAAAAAAAAAAAAAAAAAAA',
      email: 'nuala@example.com',
      password: "it's 5 o'clock somewhere",
      next: '/orders/17?key=q7Zb3-nXx_0pLrT9aWm2Ug',
    }),
  },
  {
    what: 'register on the page',
    sent: form('/register', {
      csrf: 'AAAAAAAAAAAAAAAAAAAAAA',
      name: "D'Artagnan",
      email: 'a@example.com',
      password: 'all for one & 1 for all',
      next: '/checkout',
    }),
  },
  { what: 'sign out', sent: form('/account/sign-out', { csrf: 'AAAAAAAAAAAAAAAAAAAAAA' }) },
  {
    what: 'keep a product',
    sent: form('/staff/products/1', {
      csrf: 'AAAAAAAAAAAAAAAAAAAAAA',
      name: '27" monitor',
      price: '199.00',
      stock: '4',
      category: 'electronics',
      description,
    }),
  },
  { what: 'refund on the page', sent: form('/staff/orders/1/refund', { csrf: 'AAAAAAAAAAAAAAAAAAAAAA' }) },
]

export const benign: { what: string; sent: Sent }[] = [
  ...texts.flatMap((text) => [
    { what: `a search for ${text}`, sent: query(text, '/') },
    { what: `a description of ${text}`, sent: json({ description: text }) },
    { what: `a delivery to ${text}`, sent: form('/checkout', { name: text, address: longAddress }) },
  ]),
  ...uses,
]
