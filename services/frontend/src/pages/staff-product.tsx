import { categories, departments } from '../category.ts'
import type { ProductErrors, ProductValues } from '../product-form.ts'
import { Field } from './field.tsx'
import { PostForm } from './post-form.tsx'
import { Problems } from './problems.tsx'
import { StaffHeading } from './staff-heading.tsx'

export type StaffProductProps = {
  /** Null for a product that is still to be made. */
  id: number | null
  values: ProductValues
  errors: ProductErrors | null
  problem: string | null
  /** Whether it was stored a moment ago. */
  saved: boolean
}

export function StaffProduct({ id, values, errors, problem, saved }: StaffProductProps) {
  return (
    <div className="narrow">
      <StaffHeading within="/staff/products">
        {id === null ? 'A new product' : `Product ${String(id).padStart(4, '0')}`}
      </StaffHeading>
      {saved && !errors && !problem && (
        <p className="notice" role="status">
          Saved. <a href={`/products/${id}`}>See it in the shop</a>
        </p>
      )}
      <PostForm action={id === null ? '/staff/products' : `/staff/products/${id}`} noValidate data-once>
        <Problems heading="Nothing was saved yet." errors={errors} problem={problem} />
        <Field id="name" label="Name" value={values.name} error={errors?.name} autoComplete="off" maxLength={200} />
        <Field
          id="description"
          label="Description"
          rows={6}
          value={values.description}
          error={errors?.description}
          maxLength={5000}
          optional
        />
        <Department value={values.category} error={errors?.category} />
        <Field
          id="price"
          label="Price in euros"
          inputMode="decimal"
          value={values.price}
          error={errors?.price}
          autoComplete="off"
          maxLength={10}
        />
        <Field
          id="stock"
          label="In stock"
          inputMode="numeric"
          value={values.stock}
          error={errors?.stock}
          autoComplete="off"
          maxLength={7}
        />
        <input type="hidden" name="stock_shown" value={values.stock_shown} />
        <button className="button button-wide" type="submit">
          {id === null ? 'Add it to the shelves' : 'Save'}
        </button>
      </PostForm>
      {id !== null && <Removal id={id} />}
    </div>
  )
}

function Department({ value, error }: { value: string; error: string | undefined }) {
  return (
    <div className="field">
      <label className="label" htmlFor="category">
        Department
      </label>
      {error && (
        <p className="field-error" id="category-error">
          {error}
        </p>
      )}
      <select
        id="category"
        name="category"
        defaultValue={value}
        aria-invalid={error ? true : undefined}
        aria-describedby={error && 'category-error'}
      >
        <option value="">None</option>
        {categories.map((category) => (
          <option key={category} value={category}>
            {departments[category].name}
          </option>
        ))}
      </select>
    </div>
  )
}

function Removal({ id }: { id: number }) {
  return (
    <details className="confirm">
      <summary className="text-button">Take it off sale</summary>
      <p>It leaves the shop for good. Orders that have it keep their copy.</p>
      <PostForm action={`/staff/products/${id}/delete`} data-once>
        <button className="button button-quiet button-wide" type="submit">
          Take it off sale now
        </button>
      </PostForm>
    </details>
  )
}
