package core

import (
	"log/slog"
	"path/filepath"
	"time"

	"github.com/preau-ent/preau/core/mail"
	"github.com/preau-ent/preau/core/push"
)

// Config says where a Préau keeps its data and where it listens. Only Data is
// required.
type Config struct {
	Data      string           // folder of everything that is kept
	Listen    string           // address of the pages; empty: 127.0.0.1:8080
	Metrics   string           // address that answers /metrics to whoever reaches it; empty: none
	Modules   []string         // folders of module folders
	Files     string           // folder or gocloud.dev/blob URL of the files; empty: <Data>/files
	Languages string           // folder of further languages (locale.Extra); empty: <Data>/langues
	Dev       bool             // for who writes a module: Core.Develop, pages load again by themselves
	Secure    bool             // pages are reached over HTTPS (a proxy ends TLS): cookies say so
	Log       *slog.Logger     // nil: discarded
	Now       func() time.Time // clock; nil: time.Now

	// Confinement is "" or "on": modules run confined, or not at all; "off": they
	// run as they are, which every list of modules shows.
	Confinement string
	// Container is who makes the container of a module that asks for one: "bwrap"
	// or "runsc"; empty: the first of these that is installed.
	Container string

	// Site is what people's browsers call the site, and what the addresses in mails
	// begin with: "https://ent.example.fr"; empty: Listen.
	Site string
	Mail mail.Config // server and sender of mails; without a server none are sent
	Push push.Config // may be zero: what reaches browsers by their makers' services

	EgressClear  []string // hosts that granted modules may reach without TLS
	EgressInside []string // hosts that granted modules may reach though they lie in the private network
}

func (c Config) withDefaults() Config {
	if c.Listen == "" {
		c.Listen = "127.0.0.1:8080"
	}
	if c.Files == "" {
		c.Files = filepath.Join(c.Data, "files")
	}
	if c.Languages == "" {
		c.Languages = filepath.Join(c.Data, "langues")
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return c
}
