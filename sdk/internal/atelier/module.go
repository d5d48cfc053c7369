package atelier

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/coder/websocket"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

// Note is what the module keeps.
type Note struct {
	ID, Title, By string
	At            time.Time
}

var notes = store.NewCollection("notes", store.Index("by", func(n *Note) store.Key { return store.K(n.By, n.At) }))

// Module returns the module.
func Module() *sdk.Module {
	m := sdk.New()
	m.Page("GET /{$}", index)
	m.Page("GET /faute/{kind}", fail)
	m.Page("GET /annuaire", people)
	m.Page("GET /dehors", outside)
	m.Page("GET /rien", func(*sdk.Request) (*ui.Page, error) { return nil, nil })
	m.Do("POST /note", save)
	m.Do("POST /joindre", attach)
	m.Do("GET /fichier/{id}", func(r *sdk.Request) (*sdk.Answer, error) { return sdk.GiveFile(r.PathValue("id")), nil })
	m.Do("POST /lien", link)
	m.Handle("GET /perso.ics", http.HandlerFunc(feed))
	m.Handle("POST /echo", http.HandlerFunc(echo))
	m.Handle("POST /sourd", http.HandlerFunc(deaf))
	m.Handle("GET /coupe", http.HandlerFunc(cut))
	m.Handle("GET /direct", http.HandlerFunc(direct))
	m.Handle("GET /socket", http.HandlerFunc(socket))
	m.Widget("notes", widget)
	m.Calendar(calendar)
	m.On("autre.arrive", arrived)
	return m
}

func index(r *sdk.Request) (*ui.Page, error) {
	list, err := listed(r.Context(), &r.Scope)
	if err != nil {
		return nil, err
	}
	return ui.NewPage("atelier.title", list, ui.FormOf(form(nil))), nil
}

func form(err error) *ui.Form {
	f := ui.NewForm("/note", "atelier.save", ui.TextField("title", "atelier.note", ui.Required()), ui.DateField("due", "atelier.due"))
	if err != nil {
		ui.Blame(f, err)
	}
	return f
}

func listed(ctx context.Context, s *sdk.Scope) (*ui.Node, error) {
	var items []*ui.Item
	err := s.Store.View(ctx, func(tx store.Tx) error {
		for n, err := range notes.Range(tx, "by", store.Prefix(string(s.Viewer.Person))) {
			if err != nil {
				return err
			}
			items = append(items, &ui.Item{Title: ui.S(n.Title), When: ui.At(n.At)})
		}
		return nil
	})
	return ui.Empty(ui.List(items...), "atelier.none", nil), err
}

// save refuses an empty title, and saves what a form sends.
func save(r *sdk.Request) (*sdk.Answer, error) {
	f := r.Fields()
	f.Required("title")
	n := &Note{Title: f.Text("title", 40), By: string(r.Viewer.Person), At: r.Now()}
	f.Date("due")
	if err := f.Err(); err != nil {
		return sdk.Again(ui.NewPage("atelier.title", ui.FormOf(form(err)))), nil
	}
	err := r.Store.Update(r.Context(), func(tx store.Tx) error {
		if err := notes.Insert(tx, n); err != nil {
			return err
		}
		return tx.Emit("atelier.saved", n.Title, r.Viewer.Person)
	})
	if err != nil {
		return nil, err
	}
	if err := r.Audit.Record("atelier.saved", n.ID, nil); err != nil {
		return nil, err
	}
	return sdk.GoTo("/").Say("atelier.saved", "n", 1), nil
}

// fail answers each kind of error, and panics for "panique".
func fail(r *sdk.Request) (*ui.Page, error) {
	switch kind := r.PathValue("kind"); kind {
	case "panique":
		panic("secret of the panic")
	case "inconnue":
		return nil, fmt.Errorf("secret of the cause")
	default:
		for k := errors.Invalid; k <= errors.Bug; k++ {
			if k.String() == kind {
				return nil, errors.Wrap(fmt.Errorf("secret of the cause"), k, "atelier.wrong", "n", 2)
			}
		}
		return nil, errors.Field("kind", "atelier.wrong")
	}
}

func people(r *sdk.Request) (*ui.Page, error) {
	found, err := r.Directory.Search(r.FormValue("q"), nil, 10)
	if err != nil {
		return nil, err
	}
	var cards []*ui.PersonCard
	for _, p := range found {
		cards = append(cards, &ui.PersonCard{Person: string(p.ID), Name: p.Name})
	}
	return ui.NewPage("atelier.title", ui.People(cards...)), nil
}

func attach(r *sdk.Request) (*sdk.Answer, error) {
	kept, err := r.KeepUploads("piece")
	if err != nil {
		return nil, err
	}
	for _, k := range kept {
		back, _, err := r.Files.Get(k.ID)
		if err != nil {
			return nil, err
		}
		n, err := io.Copy(io.Discard, back)
		back.Close()
		if err != nil || n != k.Size {
			return nil, errors.Internal(fmt.Errorf("%d of %d bytes came back: %w", n, k.Size, err))
		}
	}
	if len(kept) == 0 {
		return nil, errors.Field("piece", "error.field.required")
	}
	notice := sdk.Notice{People: []ids.PersonID{r.Viewer.Person}, Text: ui.T("atelier.kept"), Link: ui.To("/", "atelier.title")}
	if err := r.Notify.Send(notice); err != nil {
		return nil, err
	}
	return sdk.GoTo("/fichier/" + kept[0].ID), nil
}

func link(r *sdk.Request) (*sdk.Answer, error) {
	l, err := r.Links.Create("/perso.ics", "téléphone")
	if err != nil {
		return nil, err
	}
	return sdk.GoTo("/").Say("atelier.linked", "address", l.Address), nil
}

func feed(w http.ResponseWriter, hr *http.Request) {
	w.Header().Set("Content-Type", "text/calendar")
	fmt.Fprintf(w, "feed of %s", sdk.RequestOf(hr).Viewer.Name)
}

// echo answers while it still reads.
func echo(w http.ResponseWriter, hr *http.Request) { _, _ = io.Copy(w, hr.Body) }

// deaf answers without reading.
func deaf(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "sourd") }

// cut fails in the middle of an answer.
func cut(w http.ResponseWriter, _ *http.Request) {
	fmt.Fprint(w, strings.Repeat("x", 10000))
	panic("half way")
}

// direct sends events until its context ends.
func direct(w http.ResponseWriter, hr *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	fmt.Fprint(w, "data: bonjour\n\n")
	w.(http.Flusher).Flush()
	<-hr.Context().Done()
}

// socket echoes the messages of a WebSocket.
func socket(w http.ResponseWriter, hr *http.Request) {
	c, err := websocket.Accept(w, hr, nil)
	if err != nil {
		return
	}
	defer c.CloseNow()
	for {
		kind, b, err := c.Read(hr.Context())
		if err != nil || c.Write(hr.Context(), kind, b) != nil {
			return
		}
	}
}

// widget lists the notes; its option "mode" makes it misbehave.
func widget(r *sdk.WidgetRequest) (*ui.Node, error) {
	switch r.Options["mode"] {
	case "panique":
		panic("secret of the panic")
	case "rien":
		return nil, nil
	case "lourd":
		return ui.Markdown(strings.Repeat("x", 5<<20)), nil
	case "lent":
		<-r.Context().Done()
		return nil, r.Context().Err()
	}
	var config struct {
		Word string `json:"word"`
	}
	if err := r.Settings.Into(&config); err != nil {
		return nil, err
	}
	list, err := listed(r.Context(), &r.Scope)
	if err != nil {
		return nil, err
	}
	list.Title = ui.S(config.Word)
	return list, nil
}

func calendar(r *sdk.CalendarRequest) ([]*ui.Entry, error) {
	others, missing, err := r.Calendars.Entries(r.From, r.To)
	if err != nil || len(missing) > 0 {
		return nil, err
	}
	entries := others["autre"]
	return append(entries, &ui.Entry{Id: "now", Title: ui.S("maintenant"), Start: ui.At(r.Now())}), nil
}

// arrived keeps a note for the person that the event names.
func arrived(ctx context.Context, e *sdk.Event) error {
	var who string
	if err := e.Into(&who); err != nil {
		return err
	}
	return e.Store.Update(ctx, func(tx store.Tx) error {
		return notes.Put(tx, &Note{ID: e.ID, Title: e.Name, By: who, At: e.At})
	})
}
