// Package mail sends letters: a tree of sdk/ui, put in the reader's words, drawn
// as HTML and as plain text from the same blocks, and handed to the operator's
// mail server by go-mail.
//
//	m, err := mail.New(mail.Config{Server: "smtp://user:secret@mail.example.fr:587", From: "ent@example.fr"})
//	err = m.Send(ctx, &mail.Letter{To: "parent@example.org", Subject: "…", Page: page, Say: say})
//
// Every kind of node has its drawing here; what can only be done online, forms and
// buttons, is a link to the page. A mail program shows what it likes: there is no
// script, no picture from elsewhere that would tell who reads, and nothing but
// links, headings, lists, tables and paragraphs.
package mail
