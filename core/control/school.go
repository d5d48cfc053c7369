package control

import (
	"context"

	"github.com/preau-ent/preau/core"
	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/ids"
)

// SchoolInfo is one school of a list.
type SchoolInfo struct {
	identity.School
	People  map[ids.Profile]int `json:"people"`
	Modules []ids.ModuleID      `json:"modules"` // enabled
}

// SchoolAdded is a new school with what is odd about it (translation keys).
type SchoolAdded struct {
	School   identity.School `json:"school"`
	Warnings []string        `json:"warnings"`
}

// ModuleOf names a module of a school.
type ModuleOf struct {
	School ids.SchoolID `json:"school"`
	Module ids.ModuleID `json:"module"`
}

// SchoolAdd makes a school known; see [identity.Service.AddSchool].
var SchoolAdd = define("school.add", func(ctx context.Context, c *core.Core, in identity.School, _ Tell) (SchoolAdded, error) {
	in.ID, _, _ = ids.ParseUAI(string(in.ID))
	warnings, err := c.Identity.AddSchool(ctx, audit.By{}, in)
	if err != nil {
		return SchoolAdded{}, err
	}
	school, err := c.Identity.School(ctx, in.ID)
	return SchoolAdded{School: school, Warnings: warnings}, err
})

// SchoolSet changes what is known of a school; empty fields stay as they are.
var SchoolSet = define("school.set", func(ctx context.Context, c *core.Core, in identity.School, _ Tell) (identity.School, error) {
	school, err := schoolOf(ctx, c, in.ID)
	if err != nil {
		return school, err
	}
	for _, f := range []struct {
		to   *string
		from string
	}{{&school.Name, in.Name}, {&school.Kind, in.Kind}, {&school.TimeZone, in.TimeZone}, {&school.Locale, in.Locale}} {
		if f.from != "" {
			*f.to = f.from
		}
	}
	return school, c.Identity.SetSchool(ctx, audit.By{}, school)
})

// SchoolList lists all schools by UAI.
var SchoolList = define("school.list", func(ctx context.Context, c *core.Core, _ None, _ Tell) ([]SchoolInfo, error) {
	schools, err := c.Identity.Schools(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]SchoolInfo, 0, len(schools))
	for _, s := range schools {
		people, err := c.Identity.CountPeople(ctx, s.ID)
		if err != nil {
			return nil, err
		}
		modules := append([]ids.ModuleID{}, c.Host.Enabled(s.ID)...) // an empty list, never null
		list = append(list, SchoolInfo{School: s, People: people, Modules: modules})
	}
	return list, nil
})

// SchoolEnable switches a module on for a school.
var SchoolEnable = define("school.enable", func(ctx context.Context, c *core.Core, in ModuleOf, _ Tell) (None, error) {
	school, err := schoolOf(ctx, c, in.School)
	if err != nil {
		return None{}, err
	}
	return None{}, c.Host.Enable(ctx, school.ID, in.Module)
})

// SchoolDisable switches a module off for a school; its data stays.
var SchoolDisable = define("school.disable", func(ctx context.Context, c *core.Core, in ModuleOf, _ Tell) (None, error) {
	school, err := schoolOf(ctx, c, in.School)
	if err != nil {
		return None{}, err
	}
	return None{}, c.Host.Disable(ctx, school.ID, in.Module)
})

// schoolOf finds a school by its UAI as a person writes it.
func schoolOf(ctx context.Context, c *core.Core, uai ids.SchoolID) (identity.School, error) {
	id, _, _ := ids.ParseUAI(string(uai))
	return c.Identity.School(ctx, id)
}
