// Package api says what programs may ask of a school's ENT under /api/v1, and
// writes it down: as an OpenAPI document for tools and as a page for people. Both
// come from the same list of operations, which is the core's own and what the
// manifests of the school's modules declare, so neither can say what is not there.
//
// A program holds a personal token (identity.Token) and sends it with every
// request. The token acts as its person, in one school, and only within its
// scopes; what the person may not, the token may not either.
package api
