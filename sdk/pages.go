package sdk

import (
	"context"
	"encoding/base64"
	"net/http"
	"strconv"

	"google.golang.org/protobuf/proto"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// pages answers the page lane: every request of every school and viewer.
type pages struct {
	live *live
	mux  *http.ServeMux
}

func newPages(m *Module, l *live) *pages {
	p := &pages{live: l, mux: http.NewServeMux()}
	for _, r := range m.routes {
		p.mux.HandleFunc(r.pattern, func(w http.ResponseWriter, hr *http.Request) { r.serve(w, RequestOf(hr)) })
	}
	return p
}

// ServeHTTP finds the viewer, gives the request its scope and hands it on.
func (p *pages) ServeHTTP(rw http.ResponseWriter, hr *http.Request) {
	w := &answerWriter{ResponseWriter: rw}
	ctx, cancel := context.WithCancel(hr.Context())
	defer cancel()
	w.streams = func() { p.live.pages.addStream(ctx, cancel) }

	log := p.live.setting.Log
	defer func() {
		if v := recover(); v != nil {
			if v == http.ErrAbortHandler {
				panic(v)
			}
			err := panicked(log.With("path", hr.URL.Path), v)
			if w.begun {
				panic(http.ErrAbortHandler) // half an answer must not look whole
			}
			refuse(w, log, err)
		}
	}()
	if _, pattern := p.mux.Handler(hr); pattern == "" {
		refuse(w, log, errors.New(errors.NotFound, ""))
		return
	}
	req := &Request{}
	req.Request = hr.WithContext(context.WithValue(ctx, requestKey{}, req))
	scope, err := p.scope(req.Request)
	if err != nil {
		refuse(w, log, err)
		return
	}
	req.Scope = scope
	p.mux.ServeHTTP(w, req.Request)
	if f := req.MultipartForm; f != nil {
		_ = f.RemoveAll() // net/http only knows the form of the request it made
	}
}

// scope reads viewer and handle as the core wrote them into the headers.
func (p *pages) scope(r *http.Request) (Scope, error) {
	raw, err := base64.RawURLEncoding.DecodeString(r.Header.Get(wire.HeaderViewer))
	if err != nil || len(raw) == 0 {
		return Scope{}, errors.Wrap(err, errors.SignIn, "")
	}
	var v wire.Viewer
	if err := proto.Unmarshal(raw, &v); err != nil {
		return Scope{}, errors.Wrap(err, errors.SignIn, "")
	}
	return p.live.scope(r.Context(), &v, r.Header.Get(wire.HeaderCall))
}

// serve runs the route's own handler.
func (r route) serve(w http.ResponseWriter, req *Request) {
	switch {
	case r.plain != nil:
		if req.ContentLength != 0 {
			bothWays(w)
		}
		r.plain.ServeHTTP(w, req.Request)
	case r.page != nil:
		page, err := r.page(req)
		if err == nil && page == nil {
			err = errors.New(errors.NotFound, "")
		}
		if err != nil {
			refuse(w, req.Log, err)
			return
		}
		draw(w, req, http.StatusOK, page)
	default:
		answer, err := r.do(req)
		if err == nil && answer == nil {
			answer = GoTo("/")
		}
		if err != nil {
			refuse(w, req.Log, err)
			return
		}
		answer.write(w, req)
	}
}

// bothWays lets a handler write while it still reads. By itself net/http
// discards what is left of the body at the first write of the answer: an echo
// of 64 KB lost its end now and then. Once it does not, it may read the next
// request and the end of this one's body at the same time when a handler leaves
// some of it unread, so this connection carries no other. Pages and forms
// answer when they have read what they want, and keep theirs.
func bothWays(w http.ResponseWriter) {
	_ = http.NewResponseController(w).EnableFullDuplex() // HTTP/1.1 always can
	w.Header().Set("Connection", "close")
}

// draw answers with a tree.
func draw(w http.ResponseWriter, r *Request, status int, page *ui.Page) {
	body, err := ui.Encode(page)
	if err != nil {
		refuse(w, r.Log, err)
		return
	}
	w.Header().Set("Content-Type", wire.MediaType)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // whoever asked may have gone
}

// write sends the answer of a form or action.
func (a *Answer) write(w http.ResponseWriter, r *Request) {
	if a.flash != nil {
		b, err := proto.Marshal(a.flash)
		if err != nil {
			refuse(w, r.Log, errors.Internal(err))
			return
		}
		w.Header().Set(wire.HeaderFlash, base64.RawURLEncoding.EncodeToString(b))
	}
	switch {
	case a.page != nil:
		draw(w, r, http.StatusUnprocessableEntity, a.page)
	case a.file != "":
		SendFile(w, a.file)
	default:
		w.Header().Set("Location", a.location)
		w.WriteHeader(http.StatusSeeOther)
	}
}
