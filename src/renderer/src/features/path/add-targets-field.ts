/** Identifier of the field where targets are typed, for who leads a person there from outside of the view. */
export const ADD_TARGETS_FIELD = 'add-targets';
