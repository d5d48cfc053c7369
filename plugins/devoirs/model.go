package main

import (
	"time"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// Model is a homework kept to be set again: everything but whom it is for and
// until when. It is its owner's alone, and has copies of the files.
type Model struct {
	ID           string       `json:"id"`
	Owner        ids.PersonID `json:"owner"`
	Title        string       `json:"title"`
	Subject      string       `json:"subject"`
	Instructions string       `json:"instructions,omitempty"`
	Files        []File       `json:"files,omitempty"`
	HandIn       bool         `json:"hand_in"`
	Scale        Points       `json:"scale"`
	Bareme       Bareme       `json:"bareme,omitempty"`
	Created      time.Time    `json:"created"`
}

// SavedBareme is a barème kept under a name, its owner's alone.
type SavedBareme struct {
	ID       string       `json:"id"`
	Owner    ids.PersonID `json:"owner"`
	Name     string       `json:"name"`
	Criteria Bareme       `json:"criteria"`
	Created  time.Time    `json:"created"`
}

var models = store.NewCollection("models",
	store.Index("owner", func(m *Model) store.Key { return store.K(m.Owner, m.Title) }))

var baremes = store.NewCollection("baremes",
	store.Index("owner", func(b *SavedBareme) store.Key { return store.K(b.Owner, b.Name) }))

// modelOf keeps what of h can be set again; the caller copies the files.
func modelOf(h *Homework, now time.Time) *Model {
	return &Model{
		Owner: h.Author, Title: h.Title, Subject: h.Subject, Instructions: h.Instructions,
		HandIn: h.HandIn, Scale: h.Scale, Bareme: h.Bareme, Created: now,
	}
}

// homework is a draft made from the model; its files are the model's own, and
// are copied when the draft is saved.
func (m *Model) homework() *Homework {
	return &Homework{
		Title: m.Title, Subject: m.Subject, Instructions: m.Instructions, Files: m.Files,
		HandIn: m.HandIn, Scale: m.Scale, Bareme: m.Bareme, Draft: true,
	}
}
