/** The field of every form that holds the token of form-token.ts. */
export const formTokenField = 'csrf'
