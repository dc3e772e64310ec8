/** The number on a shelf label, as printed in the old mail-order catalogues. */
export function ArticleNumber({ id }: { id: number }) {
  return (
    <span className="article-number">
      <abbr title="Article number">No.</abbr> {String(id).padStart(4, '0')}
    </span>
  )
}
