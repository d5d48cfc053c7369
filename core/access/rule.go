package access

// Effect is what a school says about one permission of one role.
type Effect string

// The effects. Default means that the school says nothing.
const (
	Default Effect = ""
	Allow   Effect = "allow"
	Deny    Effect = "deny"
)

// rule is one change by a school, kept in its space.
type rule struct {
	ID     string `json:"id"` // role + " " + permission
	Role   string `json:"role"`
	Object string `json:"object"` // the permission
	Effect Effect `json:"effect"`
}
