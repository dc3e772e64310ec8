import { existsSync, readdirSync } from 'node:fs'
import { extname } from 'node:path'
import express, { type RequestHandler } from 'express'

/** The browser's files. Names under /assets change with their content, so they may be kept for good. */
export function clientFiles(folder: string): Record<string, RequestHandler | RequestHandler[]> {
  const assets = `${folder}/assets`
  return {
    '/assets': [
      compressedFirst(assets),
      express.static(assets, { immutable: true, maxAge: '1y', index: false, redirect: false }),
    ],
    '/favicon.svg': express.static(`${folder}/favicon.svg`, { maxAge: '1d' }),
    '/robots.txt': express.static(`${folder}/robots.txt`, { maxAge: '1d' }),
  }
}

/** The paths of these files, as templates. */
export const clientPaths = ['/assets/{file}', '/favicon.svg', '/robots.txt']

/** By what they save. */
const encodings = [
  { name: 'br', ending: '.br' },
  { name: 'gzip', ending: '.gz' },
]

/** Turns to the smallest form that the browser takes, of those that the build has made: nothing is compressed for a request. */
function compressedFirst(folder: string): RequestHandler {
  const compressed = new Set(existsSync(folder) ? readdirSync(folder) : [])
  return function chooseForm(req, res, next) {
    const name = req.path.slice(1)
    const forms = encodings.filter(({ ending }) => compressed.has(name + ending))
    if (forms.length > 0) res.vary('Accept-Encoding')
    const chosen = forms.find((form) => req.acceptsEncodings(form.name))
    if (chosen) {
      res.type(extname(name)).set('Content-Encoding', chosen.name)
      req.url = `/${name}${chosen.ending}`
    }
    next()
  }
}
