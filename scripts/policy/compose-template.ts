/**
 * Compose's variables as placeholders: `${NET_FRONTEND:-172.20.0}.10` becomes `@NET_FRONTEND@.10`, so that one generated
 * file serves every stack. Values of `docker compose config`, which have no variables left, stay as they are.
 */
export function toTemplate(value: string): string {
  return value.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)(?::?[-?+][^}]*)?\}|\$([A-Za-z_][A-Za-z0-9_]*)/g, '@$1$2@')
}
