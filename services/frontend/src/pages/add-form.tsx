import { PlusIcon } from './icons.tsx'
import { PostForm } from './post-form.tsx'
import { QuantityField } from './quantity-field.tsx'

type Props = { id: number; name: string; compact?: boolean; stock?: number }

/** Puts a product into the basket; on cards as a small round button for one piece. */
export function AddForm({ id, name, compact = false, stock = 1 }: Props) {
  return (
    <PostForm className={compact ? 'add add-compact' : 'add'} action="/basket/items" data-add>
      <input type="hidden" name="product_id" value={id} />
      {compact ? (
        <>
          <input type="hidden" name="quantity" value="1" />
          <button className="round-button" type="submit" aria-label={`Add ${name} to basket`}>
            <PlusIcon />
          </button>
        </>
      ) : (
        <>
          <QuantityField id="quantity" label="Quantity" value={1} min={1} max={stock} />
          <button className="button" type="submit">
            Add to basket
          </button>
        </>
      )}
    </PostForm>
  )
}
