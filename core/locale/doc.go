// Package locale puts words: it turns the translation keys of trees, manifests
// and errors into the viewer's language, and writes dates, sizes, numbers and
// lists as that language does.
//
// A [Catalogue] holds the core's words and one set per module; a key is looked
// up in the module, then in the core, and shown marked ⟦thus⟧ when nobody
// knows it. Packages of the core contribute their words as an embed.FS named
// Locales with locales/fr.json and locales/en.json in go-i18n's format. French
// comes first: a language that lacks a key falls back to it.
//
// A [Speaker] is the catalogue as one viewer hears it: language, time zone,
// now. It is cheap to make, one for each request.
package locale
