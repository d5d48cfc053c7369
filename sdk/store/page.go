package store

// DefaultPage is the number of items of a page when none is asked for.
const DefaultPage = 50

// Page returns the items of the index that come after cursor ("" at first), at
// most limit of them (below 1: [DefaultPage]), and the cursor of the next page,
// "" when there is no more. A cursor is text for a link. It stands for a place in
// the order, so items inserted or deleted between two pages neither repeat nor
// hide another. Invalid when it was not made for this index and direction; it
// never leads out of the bounds of opts.
func (c *Collection[T]) Page(tx Tx, index, cursor string, limit int, opts ...RangeOption) (items []*T, next string, err error) {
	s, err := c.scope(index, opts)
	if err != nil {
		return nil, "", err
	}
	if limit < 1 {
		limit = DefaultPage
	}
	s.limit = limit + 1 // one more tells whether there is a next page
	if cursor != "" {
		key, err := s.openCursor(cursor)
		if err != nil {
			return nil, "", err
		}
		s.after(key)
	}
	var last Key
	for e, err := range s.entries(tx) {
		if err == nil && len(items) == limit {
			return items, s.cursor(last), nil
		}
		item, err := c.item(tx, e, err)
		if err != nil {
			return nil, "", err
		}
		items, last = append(items, item), e.key
	}
	return items, "", nil
}
