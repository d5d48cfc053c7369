package audit

import "context"

type byKey struct{}

// WithBy notes in ctx who acts, for records made further down.
func WithBy(ctx context.Context, by By) context.Context {
	return context.WithValue(ctx, byKey{}, by)
}

// ByOf returns who acts in ctx; the operator or the core when nobody is noted.
func ByOf(ctx context.Context) By {
	by, _ := ctx.Value(byKey{}).(By)
	return by
}
