import { expect, test } from 'vitest'
import { tablesWith } from './dump.ts'

const dump = String.raw`-- PostgreSQL database dump
COPY public.orders (id, email) FROM stdin;
1	canary@example.com
2	\N
\.


COPY public.order_events (order_id, status) FROM stdin;
1	pending
\.

COMMENT ON TABLE public.orders IS 'canary';
`

test('names the tables whose rows hold it', () => expect(tablesWith('canary@', dump)).toEqual(['orders']))
test('says so where no row holds it', () => expect(tablesWith("'canary'", dump)).toEqual(['elsewhere']))
test('names none where it is not', () => expect(tablesWith('sparrow', dump)).toEqual([]))
