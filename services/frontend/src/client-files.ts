import express, { type RequestHandler } from 'express'

/** The browser's files. Names under /assets change with their content, so they may be kept for good. */
export function clientFiles(folder: string): Record<string, RequestHandler> {
  return {
    '/assets': express.static(`${folder}/assets`, { immutable: true, maxAge: '1y', index: false, redirect: false }),
    '/favicon.svg': express.static(`${folder}/favicon.svg`, { maxAge: '1d' }),
    '/robots.txt': express.static(`${folder}/robots.txt`, { maxAge: '1d' }),
  }
}
