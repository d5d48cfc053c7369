package ui

import "slices"

// The closed set of icons: names of Lucide (lucide.dev).
const (
	IconHome         = "house"
	IconMenu         = "menu"
	IconCalendar     = "calendar"
	IconCalendarDays = "calendar-days"
	IconClock        = "clock"
	IconHomework     = "notebook-pen"
	IconBook         = "book-open"
	IconLibrary      = "library"
	IconBackpack     = "backpack"
	IconSchool       = "school"
	IconGraduation   = "graduation-cap"
	IconPerson       = "user"
	IconPeople       = "users"
	IconFamily       = "users-round"
	IconChild        = "baby"
	IconMail         = "mail"
	IconMessage      = "message-square"
	IconForum        = "messages-square"
	IconBell         = "bell"
	IconNews         = "newspaper"
	IconMegaphone    = "megaphone"
	IconFile         = "file"
	IconText         = "file-text"
	IconFolder       = "folder"
	IconImage        = "image"
	IconCamera       = "camera"
	IconAttach       = "paperclip"
	IconUpload       = "upload"
	IconDownload     = "download"
	IconLink         = "link"
	IconShare        = "share-2"
	IconPrint        = "printer"
	IconSearch       = "search"
	IconFilter       = "list-filter"
	IconAdd          = "plus"
	IconClose        = "x"
	IconEdit         = "pencil"
	IconDelete       = "trash-2"
	IconCopy         = "copy"
	IconUndo         = "undo-2"
	IconRefresh      = "refresh-cw"
	IconCheck        = "check"
	IconDone         = "circle-check"
	IconTodo         = "circle"
	IconInfo         = "info"
	IconWarn         = "triangle-alert"
	IconBad          = "octagon-alert"
	IconHelp         = "circle-help"
	IconLock         = "lock"
	IconUnlock       = "lock-open"
	IconKey          = "key-round"
	IconShield       = "shield-check"
	IconEye          = "eye"
	IconHidden       = "eye-off"
	IconOffline      = "wifi-off"
	IconSettings     = "settings"
	IconGrid         = "layout-grid"
	IconModules      = "blocks"
	IconPalette      = "palette"
	IconSignOut      = "log-out"
	IconSignIn       = "log-in"
	IconChart        = "chart-column"
	IconTrend        = "trending-up"
	IconMark         = "award"
	IconStar         = "star"
	IconFlag         = "flag"
	IconPin          = "pin"
	IconPlace        = "map-pin"
	IconBus          = "bus"
	IconMeal         = "utensils"
	IconSport        = "volleyball"
	IconMusic        = "music"
	IconArt          = "paintbrush"
	IconScience      = "flask-conical"
	IconMaths        = "calculator"
	IconLanguages    = "languages"
	IconGlobe        = "globe"
	IconComputer     = "monitor"
	IconHistory      = "history"
	IconHourglass    = "hourglass"
	IconArchive      = "archive"
	IconList         = "list"
	IconChecklist    = "list-checks"
	IconMove         = "grip-vertical"
	IconUp           = "arrow-up"
	IconDown         = "arrow-down"
	IconBack         = "arrow-left"
	IconForward      = "arrow-right"
	IconChevronDown  = "chevron-down"
	IconChevronLeft  = "chevron-left"
	IconChevronRight = "chevron-right"
	IconSun          = "sun"
	IconMoon         = "moon"
	IconRepeat       = "repeat"
	IconScale        = "scale"
	IconBriefcase    = "briefcase"
	IconActivity     = "activity"
	IconMore         = "ellipsis"
)

var icons = []string{
	IconActivity,
	IconArchive,
	IconDown,
	IconBack,
	IconForward,
	IconUp,
	IconMark,
	IconChild,
	IconBackpack,
	IconBell,
	IconModules,
	IconBook,
	IconBriefcase,
	IconBus,
	IconMaths,
	IconCalendar,
	IconCalendarDays,
	IconCamera,
	IconChart,
	IconCheck,
	IconChevronDown,
	IconChevronLeft,
	IconChevronRight,
	IconTodo,
	IconDone,
	IconHelp,
	IconClock,
	IconCopy,
	IconDownload,
	IconMore,
	IconEye,
	IconHidden,
	IconFile,
	IconText,
	IconFlag,
	IconScience,
	IconFolder,
	IconGlobe,
	IconGraduation,
	IconMove,
	IconHistory,
	IconHourglass,
	IconHome,
	IconImage,
	IconInfo,
	IconKey,
	IconLanguages,
	IconGrid,
	IconLibrary,
	IconLink,
	IconList,
	IconChecklist,
	IconFilter,
	IconLock,
	IconUnlock,
	IconSignIn,
	IconSignOut,
	IconMail,
	IconPlace,
	IconMegaphone,
	IconMenu,
	IconMessage,
	IconForum,
	IconComputer,
	IconMoon,
	IconMusic,
	IconNews,
	IconHomework,
	IconBad,
	IconArt,
	IconPalette,
	IconAttach,
	IconEdit,
	IconPin,
	IconAdd,
	IconPrint,
	IconRefresh,
	IconRepeat,
	IconScale,
	IconSchool,
	IconSearch,
	IconSettings,
	IconShare,
	IconShield,
	IconStar,
	IconSun,
	IconDelete,
	IconTrend,
	IconWarn,
	IconUndo,
	IconUpload,
	IconPerson,
	IconPeople,
	IconFamily,
	IconMeal,
	IconSport,
	IconOffline,
	IconClose,
}

// Icons returns the names of the closed set, sorted.
func Icons() []string { return slices.Clone(icons) }

// HasIcon reports whether name is of the set.
func HasIcon(name string) bool {
	_, ok := slices.BinarySearch(icons, name)
	return ok
}
