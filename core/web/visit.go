package web

import (
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
)

// visit runs a page of the core and sends its answer.
func (a *App) visit(c *call, handle visit.Handler) error {
	v, err := c.visitor()
	if err != nil {
		return err
	}
	if c.unsafe() && c.session != nil && a.Home != nil {
		defer a.Home.Acted(c.session.School, c.session.Person)
	}
	answer, err := handle(v)
	if err != nil {
		return err
	}
	if answer.Token != "" {
		s, err := a.Identity.SessionOf(c.UserContext(), answer.Token)
		if err != nil {
			return err
		}
		c.setToken(answer.Token, s.Expires)
	}
	c.sayNext("", answer.Tone, answer.Said)
	switch {
	case answer.To != "":
		return c.goNear(answer.To, answer.At)
	case answer.Page != nil:
		c.tried = answer.Sheet
		return c.sendPage(answer.Status, "", answer.Page)
	}
	if answer.Name != "" {
		c.Set(fiber.HeaderContentDisposition, mime.FormatMediaType("attachment", map[string]string{"filename": answer.Name}))
	}
	if answer.Lasts {
		c.Set(fiber.HeaderCacheControl, "private, max-age=31536000, immutable")
	}
	return c.send(answer.Status, answer.Type, answer.Body)
}

// visitor is the request without the web framework.
func (c *call) visitor() (*visit.Visit, error) {
	query, err := url.ParseQuery(string(c.Request().URI().QueryString()))
	if err != nil {
		return nil, errors.Wrap(err, errors.Invalid, "web.garbage")
	}
	v := &visit.Visit{Context: c.UserContext(), Session: c.session, Token: c.token, Say: c.speaker(), Method: c.Method(),
		Path: c.Path(), Params: c.AllParams(), Query: query, Form: url.Values{}, Address: c.address(), ID: c.id, JSON: c.wantsJSON()}
	if c.Method() != http.MethodPost || c.body == nil {
		return v, nil
	}
	return v, c.form(v)
}

// form reads a posted form, within the limit of the route.
func (c *call) form(v *visit.Visit) error {
	kind, params, _ := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	switch kind {
	case "application/x-www-form-urlencoded", "":
		b, err := io.ReadAll(c.body)
		if err != nil {
			return unread(err)
		}
		if v.Form, err = url.ParseQuery(string(b)); err != nil {
			return errors.Wrap(err, errors.Invalid, "web.garbage")
		}
		return nil
	case "multipart/form-data":
		return c.multipart(v, params["boundary"])
	}
	return errors.New(errors.Invalid, "web.garbage")
}

func (c *call) multipart(v *visit.Visit, boundary string) error {
	r := multipart.NewReader(c.body, boundary)
	for {
		part, err := r.NextPart()
		if err == io.EOF {
			_, err = io.Copy(io.Discard, c.body) // what follows the last boundary
			return unread(err)
		}
		if err != nil {
			return unread(err)
		}
		b, err := io.ReadAll(part)
		if err != nil {
			return unread(err)
		}
		if part.FileName() == "" {
			v.Form.Add(part.FormName(), string(b))
			continue
		}
		name := path.Base(strings.ReplaceAll(part.FileName(), "\\", "/"))
		v.Files = append(v.Files, visit.File{Field: part.FormName(), Name: name, Data: b})
	}
}

// unread says why a body could not be read: too large, or garbage.
func unread(err error) error {
	if err == nil || errors.KindOf(err) == errors.TooLarge {
		return err
	}
	return errors.Wrap(err, errors.Invalid, "web.garbage")
}
