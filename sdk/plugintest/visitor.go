package plugintest

import (
	"bytes"
	"context"
	"encoding/base64"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// Visitor is somebody who uses the module through the fake core.
type Visitor struct {
	h      *Harness
	school *School
	person ids.PersonID
	child  ids.PersonID
	locale string
	given  []ids.Permission
}

// LookingAt is a parent who has chosen one child.
func (v *Visitor) LookingAt(child ids.PersonID) *Visitor {
	c := *v
	c.child = child
	return &c
}

// Reading is the visitor in another language.
func (v *Visitor) Reading(locale string) *Visitor {
	c := *v
	c.locale = locale
	return &c
}

// Given is the visitor in a school that gives them more permissions than the
// module does by itself.
func (v *Visitor) Given(more ...ids.Permission) *Visitor {
	c := *v
	c.given = more
	return &c
}

// Get opens a page; anything but a page fails the test.
func (v *Visitor) Get(path string) *ui.Page {
	v.h.t.Helper()
	a := v.Do(http.MethodGet, path, nil)
	if a.Page == nil {
		v.h.t.Fatalf("%s: GET %s: %s", v.person, path, a)
	}
	return a.Page
}

// Post sends a form and returns whatever comes back.
func (v *Visitor) Post(path string, form url.Values) *Answer {
	v.h.t.Helper()
	return v.Do(http.MethodPost, path, form)
}

// Upload is a file of a form.
type Upload struct {
	Field, Name string
	Content     []byte
}

// PostFiles sends a form with files.
func (v *Visitor) PostFiles(path string, form url.Values, files ...Upload) *Answer {
	v.h.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for name, values := range form {
		for _, value := range values {
			if err := w.WriteField(name, value); err != nil {
				v.h.t.Fatal(err)
			}
		}
	}
	for _, f := range files {
		part, err := w.CreateFormFile(f.Field, f.Name)
		if err == nil {
			_, err = part.Write(f.Content)
		}
		if err != nil {
			v.h.t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		v.h.t.Fatal(err)
	}
	return v.send(http.MethodPost, path, &b, w.FormDataContentType())
}

// Send sends any body.
func (v *Visitor) Send(method, path, mime string, body []byte) *Answer {
	v.h.t.Helper()
	return v.send(method, path, bytes.NewReader(body), mime)
}

// Do sends any request, with a form as its body unless it is a GET.
func (v *Visitor) Do(method, path string, form url.Values) *Answer {
	v.h.t.Helper()
	if form == nil {
		return v.send(method, path, http.NoBody, "")
	}
	if method == http.MethodGet {
		return v.send(method, path+"?"+form.Encode(), http.NoBody, "")
	}
	return v.send(method, path, strings.NewReader(form.Encode()), "application/x-www-form-urlencoded")
}

// send decides as the core does, then asks the module.
func (v *Visitor) send(method, target string, body io.Reader, mime string) *Answer {
	v.h.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, method, "http://module"+target, body)
	if err != nil {
		return refused(errors.Wrap(err, errors.NotFound, ""))
	}
	route, err := v.route(r)
	if err != nil {
		return refused(err)
	}
	if most := int64(route.Upload); most > 0 && r.ContentLength > most {
		return refused(errors.New(errors.TooLarge, ""))
	}
	if mime != "" {
		r.Header.Set("Content-Type", mime)
	}
	defer v.sign(r)()
	w, err := v.h.lane.Do(r)
	if err != nil {
		v.h.t.Fatalf("%s %s: %v", method, target, err)
	}
	defer w.Body.Close()
	a, err := readAnswer(w)
	if err != nil {
		v.h.t.Fatalf("%s %s: %v", method, target, err)
	}
	a.v = v
	if a.Page != nil {
		v.h.examine(a.Page)
	}
	return a
}

// route finds the declared route and checks its permission.
func (v *Visitor) route(r *http.Request) (manifest.Route, error) {
	path, ok := manifest.PathOf(r.URL)
	route, found := v.h.Manifest.Match(r.Method, path)
	if !ok || !found {
		return manifest.Route{}, errors.New(errors.NotFound, "")
	}
	if !v.may(route.Permission) {
		return manifest.Route{}, errors.New(errors.Denied, "")
	}
	return route, nil
}

func (v *Visitor) granted() []ids.Permission {
	profile := v.profile()
	v.school.mu.Lock()
	defer v.school.mu.Unlock()
	return append(v.school.granted(v.h.Manifest, profile), v.given...)
}

func (v *Visitor) profile() ids.Profile {
	v.school.mu.Lock()
	defer v.school.mu.Unlock()
	return ids.Profile(v.school.find(v.person).Profile)
}

func (v *Visitor) may(p ids.Permission) bool {
	allowed := slices.Contains(v.granted(), p)
	v.witness(p, allowed)
	return allowed
}

func (v *Visitor) viewer() *wire.Viewer {
	w := v.school.viewer(v.person, v.granted())
	w.Child, w.Locale = string(v.child), v.locale
	return w
}

// sign adds viewer and handle; the function it returns ends the handle.
func (v *Visitor) sign(r *http.Request) (end func()) {
	raw, err := proto.Marshal(v.viewer())
	if err != nil {
		v.h.t.Fatal(err)
	}
	handle, end := v.h.core.open(v.school, v.person)
	r.Header.Set(wire.HeaderViewer, base64.RawURLEncoding.EncodeToString(raw))
	r.Header.Set(wire.HeaderCall, handle)
	return end
}

// Widget returns a widget in its default size; an error fails the test.
func (v *Visitor) Widget(id string) *ui.Node {
	v.h.t.Helper()
	w, _ := v.h.Manifest.Widget(id)
	n, err := v.TryWidget(id, w.Default, nil)
	if err != nil {
		v.h.t.Fatalf("%s: widget %s: %v", v.person, id, err)
	}
	return n
}

// TryWidget asks for a widget in a size, with a person's settings of it; what
// the manifest does not allow fails the test, what is not set has its default.
func (v *Visitor) TryWidget(id string, size ui.Size, options map[string]string) (*ui.Node, error) {
	v.h.t.Helper()
	w, ok := v.h.Manifest.Widget(id)
	if ok && !v.may(w.Permission) {
		return nil, errors.New(errors.Denied, "")
	}
	v.h.settable(id, options)
	options = v.h.Manifest.WidgetOptions(id, options)
	handle, end := v.h.core.open(v.school, v.person)
	defer end()
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	out, err := v.h.module.Widget(ctx, &wire.WidgetRequest{
		Viewer: v.viewer(), Handle: handle, Widget: id, Size: string(size), Settings: options,
	})
	if err != nil {
		return nil, errors.FromStatus(err)
	}
	v.h.examine(out.GetNode())
	return out.GetNode(), nil
}

// Calendar returns what the module adds to the visitor's calendar in [from, to).
func (v *Visitor) Calendar(from, to time.Time) []*ui.Entry {
	v.h.t.Helper()
	handle, end := v.h.core.open(v.school, v.person)
	defer end()
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	out, err := v.h.module.Calendar(ctx, &wire.CalendarRequest{
		Viewer: v.viewer(), Handle: handle, From: timestamppb.New(from), To: timestamppb.New(to),
	})
	if err != nil {
		v.h.t.Fatalf("%s: calendar: %v", v.person, errors.FromStatus(err))
	}
	for _, e := range out.GetEntries() {
		v.h.examine(e)
	}
	return out.GetEntries()
}
