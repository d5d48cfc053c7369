package push

// Message is what the service worker of a browser is handed, as JSON.
type Message struct {
	Title  string `json:"title"` // the school, and the child it is about
	Body   string `json:"body"`
	URL    string `json:"url"`    // a path of this site, where a click leads
	Tag    string `json:"tag"`    // a later message with the same tag takes the place of an earlier one
	Unread int    `json:"unread"` // notices that the person has not read, in all their schools
	Urgent bool   `json:"urgent,omitempty"`
}
