/* SPDX-License-Identifier: MIT */
/*
 * What a column of notices can hold, and what its heading says: the names of each field (the longest lists are in
 * names.c), the type of its cells, and the words that speak for it or against it.
 */
#include <string.h>

#include "notice/columns/targets.h"

#define NAMES(...)                \
	(const char *const[])     \
	{                         \
		__VA_ARGS__, NULL \
	}

const char *const notice_fields[N_TEXTS] = {
	[N_SENDER_REF] = "sender_ref",
	[N_EMPLOYER] = "employer",
	[N_NUMBER] = "number",
	[N_REGISTER] = "register",
	[N_SITE] = "site",
	[N_ADDRESS] = "address",
	[N_POSTCODE] = "postcode",
	[N_COUNCIL] = "council",
	[N_CONTACT_NAME] = "contact_name",
	[N_CONTACT_EMAIL] = "contact_email",
	[N_CONTACT_PHONE] = "contact_phone",
	[N_RECEIVED] = "received",
	[N_TOLD] = "told",
	[N_NOTIFIED] = "notified",
	[N_CONSULTATION] = "consultation_started",
	[N_FIRST] = "first_dismissal",
	[N_LAST] = "last_dismissal",
	[N_EMPLOYED] = "employed",
	[N_PROPOSED] = "proposed",
	[N_PROPOSED_TEXT] = "proposed_text",
	[N_CERTAINTY] = "certainty",
	[N_CLOSURE] = "closure",
	[N_SELECTION] = "selection",
	[N_REPRESENTATIVES] = "representatives",
	[N_UNION] = "trade_union",
	[N_SHORT_REASON] = "short_notice_reason",
	[N_REASONS] = "reasons",
	[N_STATUS] = "status",
	[N_SUPERSEDES] = "supersedes",
	[N_SOURCE] = "source",
	[N_SIC] = "sic",
	[N_SIZE] = "size",
	[N_ADMINISTRATOR] = "administrator",
	[N_EXTRA] = "extra",
};

const struct heading_target notice_targets[TARGETS] = {
	[N_SENDER_REF] = { "sender_ref",
	        NAMES("reference", "ref", "reference number", "ref no", "hr1 reference", "hr1 ref",
	                "hr1 number", "notice id", "notice number", "notice reference",
	                "case reference", "case number", "case no", "warn id", "warn number",
	                "warn no", "ga warn id", "id", "unique id", "notification number",
	                "form number", "record id", "our ref", "urn", "unique reference number",
	                "event number", "log number", "file number", "form reference"),
	        TYPE_TEXT,
	        "!date !address !company !charity !council !postcode !naics !sic !vat !union" },
	[N_EMPLOYER] = { "employer", names_of_employer, TYPE_TEXT,
	        "employer company organisation firm business !doing !dba !parent !operating "
	        "!contact !address !email !telephone "
	        "!number !reference !date "
	        "!town !city !county !postcode !website !sector !type !size !nature !industry "
	        "!county !location !person "
	        "!sic !naics !code !zip !line !trade" },
	[N_NUMBER] = { "number",
	        NAMES("company number", "company no", "crn", "company registration number",
	                "companies house number", "companies house no",
	                "companies house registration number", "registered number",
	                "registration number", "companies house", "company reg no", "co number",
	                "reg no", "companies house reg", "ch number", "registered company number",
	                "company house number", "companies house crn"),
	        TYPE_NUMBER,
	        "!date !employee !affected !people !postcode !redundancy !telephone !staff !layoff "
	        "!worker !job" },
	[N_REGISTER] = { "register",
	        NAMES("register kind", "registered with", "registry", "type of register"),
	        TYPE_TEXT, "!number !date" },
	[N_SITE] = { "site",
	        NAMES("establishment", "site name", "establishment name", "name of site",
	                "establishment affected", "site affected", "location of redundancies",
	                "affected site", "affected location", "plant", "plant name", "facility",
	                "facility name", "branch", "premises", "workplace", "work site", "worksite",
	                "store", "place of work", "location name", "depot", "name of facility",
	                "site or establishment", "unit", "division",
	                "establishment at which redundancies proposed", "est name",
	                "where affected", "doing business as", "doing business as name", "dba",
	                "dba name", "operating name"),
	        TYPE_TEXT,
	        "site establishment facility premises !address !postcode !number !date !contact "
	        "!county !city !town !employee "
	        "!zip !phone !telephone !code !closure !closing !email !council" },
	[N_ADDRESS] = { "address",
	        NAMES("address line 1", "address 1", "addr 1", "establishment address",
	                "site address", "location address", "address of establishment",
	                "street address", "street", "location", "locations", "company address",
	                "employer address", "affected site address", "impacted site address",
	                "layoff location", "location of layoff", "affected address",
	                "business address", "full address", "address of site", "workplace address",
	                "site location", "address of employer", "work location", "premises address",
	                "physical address", "where", "locality", "location city", "place",
	                "locations affected", "address of affected site", "city county",
	                "location of site", "city town", "work site address"),
	        TYPE_TEXT,
	        "address location !email !line2 !contact !county !code !union !postcode !zip !web "
	        "!ip !2 !3 !4 !date !id" },
	[N_POSTCODE] = { "postcode",
	        NAMES("post code", "postal code", "zip", "zip code", "site postcode",
	                "establishment postcode", "pcode", "pc", "postcode of site",
	                "postcode of establishment", "address postcode", "employer postcode",
	                "p code", "er p code", "post code zip"),
	        TYPE_TEXT, "postcode zip !date" },
	[N_COUNCIL] = { "council",
	        NAMES("council area", "local authority", "local authority area", "la", "la name",
	                "la code", "council code", "local authority code", "laua", "oslaua",
	                "council name", "local council", "district council", "lad", "lad code",
	                "local authority district", "unitary authority", "authority",
	                "council area name", "borough", "council area code", "ons code", "gss code",
	                "county", "county name", "site county", "impacted site county", "parish",
	                "affected county", "location county", "county affected", "counties"),
	        TYPE_TEXT, "council authority !date !contact !email !telephone !workforce !union" },
	[N_CONTACT_NAME] = { "contact_name",
	        NAMES("contact", "contact person", "name of contact", "employer contact",
	                "company contact", "hr contact", "contact details", "employer contact name",
	                "company contact name", "main contact", "key contact",
	                "company contact person", "point of contact", "hr lead", "hr manager",
	                "contact at employer", "company representative", "employer s contact"),
	        TYPE_TEXT,
	        "contact !email !telephone !address !date !union !title !position !mobile !tel "
	        "!phone !number !made !notes" },
	[N_CONTACT_EMAIL] = { "contact_email",
	        NAMES("email", "e mail", "email address", "e mail address", "contact e mail",
	                "employer email", "contact email address", "company email", "hr email"),
	        TYPE_EMAIL, "email !date" },
	[N_CONTACT_PHONE] = { "contact_phone",
	        NAMES("phone", "telephone", "tel", "phone number", "telephone number",
	                "contact number", "contact telephone", "contact tel", "employer telephone",
	                "tel no", "mobile", "company phone", "contact phone number", "tel number",
	                "contact telephone number"),
	        TYPE_TEXT, "telephone mobile !date !fax !email" },
	[N_RECEIVED] = { "received", names_of_received, TYPE_DATE,
	        "received notification notice notified !dismissal !layoff !closure !effective "
	        "!separation !termination !redundancy "
	        "!consultation !type !impact !first !last !begin !start !end !number !employee "
	        "!reason !id !period !url !end !link" },
	[N_TOLD] = { "told",
	        NAMES("told on", "partnership told", "passed to partnership",
	                "date passed to partnership", "date pace told", "pace notified",
	                "date passed to pace", "date sent to partnership",
	                "referred to partnership", "date passed on", "date pace made aware",
	                "date made aware", "pace made aware", "date partnership made aware"),
	        TYPE_MOMENT, "!number" },
	[N_NOTIFIED] = { "notified",
	        NAMES("date employees notified", "employees notified", "staff told",
	                "date staff told", "date staff informed", "employees informed",
	                "date workers notified", "staff notified", "date of employee notification",
	                "employee notification date", "date representatives notified",
	                "date employees informed", "date announced to staff"),
	        TYPE_DATE, "!received !dismissal !layoff !number !type" },
	[N_CONSULTATION] = { "consultation_started",
	        NAMES("consultation start", "consultation start date", "consultation date",
	                "consultation began", "date consultation began",
	                "date consultation started", "start of consultation", "consultation begins",
	                "date of consultation", "consultation commenced",
	                "consultation commencement", "date consultation starts",
	                "consultation starts", "date consult start", "consult start",
	                "date consultation began or will begin", "date of start of consultation",
	                "consultation from"),
	        TYPE_DATE,
	        "consultation !end !closed !period !with !method !finish !ended !ends !union "
	        "!representatives" },
	[N_FIRST] = { "first_dismissal", names_of_first, TYPE_DATE,
	        "dismissal layoff separation termination effective closing !last !final !end "
	        "!received !notice !number !type "
	        "!consult !reason !consultation !notification !employee !worker !notified "
	        "!reported !county "
	        "!posted !permanent" },
	[N_LAST] = { "last_dismissal",
	        NAMES("last dismissal date", "date of last dismissal", "last redundancy",
	                "date of last redundancy", "date of last proposed redundancy",
	                "last proposed redundancy", "last proposed dismissal", "final dismissal",
	                "last layoff date", "layoff end date", "end date", "final separation date",
	                "last separation date", "date last dismissal", "final layoff date",
	                "ending date", "dismissals to", "dismissals until", "dismissals end",
	                "latest dismissal", "last date of dismissal", "redundancies to", "ends",
	                "final redundancy", "final dismissal date", "last day of work",
	                "last termination date", "date of last separation", "completion date",
	                "end of redundancies", "to", "until", "redundancies end",
	                "letzte entlassung", "date last red", "last red", "last leavers",
	                "foreseen end date", "fin des licenciements", "date to",
	                "effective date to", "layoffs end", "last exit date", "final exit date",
	                "job loss end", "termin propousteni do"),
	        TYPE_DATE, "!first !number !consultation" },
	[N_EMPLOYED] = { "employed",
	        NAMES("number employed", "total employed", "employees at site",
	                "employees at establishment", "workforce", "headcount", "total workforce",
	                "number of staff employed", "number employed at site", "site headcount",
	                "staff employed", "number of employees at establishment",
	                "number employed at establishment", "total employees at site",
	                "total employees on site", "total headcount", "size of workforce",
	                "current workforce", "employees on site", "number of people employed",
	                "people employed", "total number employed", "staff numbers", "employees",
	                "total employees", "number of employees", "total number of employees",
	                "staff", "total staff", "number of workers", "workers", "number of staff",
	                "employee count", "workforce at establishment", "beschaftigte", "effectif",
	                "beschaftigte im betrieb", "effectif de l entreprise",
	                "nombre total de travailleurs", "aantal werknemers", "plantilla", "in post",
	                "staff in post", "people in post", "number in post", "size of company",
	                "number of people who work there", "total workforce of the organisation",
	                "establishment workforce", "site workforce"),
	        TYPE_INTEGER,
	        "employed headcount !affected !proposed !redundancy !layoff !impacted !date !type "
	        "!notified !lost !possible !potential !risk !threat !threatened !cut !going "
	        "!leaving !reduction !retrenchment !dismissed "
	        "!dismissal !laid !terminated !termination !code !self" },
	[N_PROPOSED] = { "proposed", names_of_proposed, TYPE_INTEGER,
	        "affected redundancy layoff impacted risk dismissal job threat threatened "
	        "retrenchment !date !type !reason !first "
	        "!last !code !employed !company "
	        "!telephone !county !location !naics !region !received !postcode !phase !unionized "
	        "!event !permanent !temporary !title "
	        "!site !made !address !notice !city !wda !area !cause !family" },
	[N_PROPOSED_TEXT] = { "proposed_text", NAMES("redundancies as written"), TYPE_TEXT,
	        "!date" },
	[N_CERTAINTY] = { "certainty", NAMES("estimate or exact"), TYPE_TEXT, "!date" },
	[N_CLOSURE] = { "closure",
	        NAMES("closing", "site closure", "closing yes no", "is the site closing",
	                "closure of site", "site to close", "closure yes no", "full closure",
	                "plant closure", "plant closing", "facility closure",
	                "establishment to close", "closure of establishment",
	                "do you propose to close the establishment", "close establishment",
	                "closing establishment", "will the establishment close", "site closing",
	                "permanent closure"),
	        TYPE_TEXT, "closure closing !date !layoff !begin !type !number !starts !reason" },
	[N_SELECTION] = { "selection",
	        NAMES("method of selection", "selection method", "selection procedure",
	                "proposed method of selection", "how selected", "selection criteria",
	                "proposed selection and consultation procedure"),
	        TYPE_TEXT, "selection" },
	[N_REPRESENTATIVES] = { "representatives",
	        NAMES("employee representatives", "elected representatives",
	                "names of representatives", "reps", "staff representatives",
	                "representatives consulted"),
	        TYPE_TEXT, "!date !union !email !telephone" },
	[N_UNION] = { "trade_union",
	        NAMES("union", "trade unions", "unions", "recognised union",
	                "recognised trade union", "recognised trade unions", "union name",
	                "union representation", "union s", "unions recognised", "union affiliation",
	                "collective bargaining"),
	        TYPE_TEXT, "union !address !date !telephone !email" },
	[N_SHORT_REASON] = { "short_notice_reason",
	        NAMES("reason for short notice", "why notice is short", "reason notice shorter",
	                "reason for late notice", "reason for shorter notice", "late notice reason",
	                "why late"),
	        TYPE_TEXT, "!date" },
	[N_REASONS] = { "reasons",
	        NAMES("reason", "reason for redundancies", "reason for redundancy",
	                "reasons for redundancies", "cause", "event causes", "event cause",
	                "reason for layoff", "why", "layoff reason", "reason for dismissal",
	                "reason for dismissals", "reason s", "reason for closure", "main reason",
	                "grounds", "reason given", "cause of layoff"),
	        TYPE_TEXT, "reason cause !short !late !date !shorter" },
	[N_STATUS] = { "status",
	        NAMES("notice status", "hr1 status", "state of notice", "form status", "active",
	                "current status", "active inactive", "case status", "event status"),
	        TYPE_TEXT, "status !date !union" },
	[N_SUPERSEDES] = { "supersedes",
	        NAMES("replaces", "replaces reference", "previous reference",
	                "supersedes reference", "earlier reference", "amends", "amends reference",
	                "original reference", "replaces notice", "previous hr1", "earlier notice"),
	        TYPE_TEXT, "!date" },
	[N_SOURCE] = { "source",
	        NAMES("data source", "where from", "information source", "source of information",
	                "sent by", "told by"),
	        TYPE_TEXT, "!date" },
	[N_SIC] = { "sic",
	        NAMES("sic code", "naics", "naics code", "sic code s",
	                "standard industrial classification", "industry code", "sic 2007", "sic07",
	                "naics number"),
	        TYPE_TEXT, "sic naics !description !date" },
	[N_SIZE] = { "size",
	        NAMES("size band", "company size", "employer size", "size of company", "sme"),
	        TYPE_TEXT, "!date" },
	[N_ADMINISTRATOR] = { "administrator",
	        NAMES("liquidator", "insolvency practitioner", "administrators", "receiver",
	                "administrator or liquidator", "administrator liquidator"),
	        TYPE_TEXT, "!date !email !telephone" },
	[N_EXTRA] = { "extra", NULL, TYPE_TEXT, NULL },
	[P_TOWN] = { "town",
	        NAMES("city", "town city", "city name", "town or city", "post town", "municipality",
	                "village", "site city", "site town", "company city", "city of layoff",
	                "city affected", "affected city", "cities", "location city", "municipalite",
	                "ville", "ort", "suburb", "kommune", "kommun", "paikkakunta", "concelho",
	                "municipio", "gemeente", "okres", "judet", "județ", "bezirk", "gemeinde",
	                "lieu", "ort lieu", "ward"),
	        TYPE_TEXT, "city town !date !employee !state !council !number !affected" },
	[P_ADDRESS2] = { "address line 2",
	        NAMES("address 2", "addr 2", "address line two", "company address line 2",
	                "street 2"),
	        TYPE_TEXT, NULL },
	[P_ADDRESS3] = { "address line 3", NAMES("address 3", "addr 3", "company address line 3"),
	        TYPE_TEXT, NULL },
	[P_TYPE] = { "notice type",
	        NAMES("type", "type of notice", "layoff or closure", "closure or layoff",
	                "layoff closure", "closure layoff", "closing or layoff", "warn type",
	                "type of layoff", "layoff type", "incident type", "event type",
	                "action type", "type of event", "type of action", "type of redundancy",
	                "type code", "code type", "notification type", "layoff closing",
	                "type of closure", "closure type", "event", "action", "layoff or closing",
	                "kind", "reduction type", "type of reduction", "dislocation type"),
	        TYPE_TEXT, "!date !employee !number !union !industry !company !business" },
	[P_CHARITY] = { "charity number",
	        NAMES("charity no", "registered charity number", "charity registration number",
	                "charity", "oscr number"),
	        TYPE_NUMBER, NULL },
};

const char *target_name(int field)
{
	if (field < N_TEXTS)
		return notice_fields[field];
	switch (field) {
	case P_TYPE:
		return notice_fields[N_CLOSURE];
	case P_CHARITY:
		return notice_fields[N_NUMBER];
	default:
		return notice_fields[N_ADDRESS];
	}
}

int target_field(const char *name)
{
	for (int i = 0; i < N_TEXTS; i++)
		if (str_equal(notice_fields[i], name))
			return i;
	return -1;
}

static bool among(struct arena *a, const char *heading, const char *const *names)
{
	const char *key = text_key(a, heading);

	for (; *names; names++)
		if (str_equal(key, *names))
			return true;
	return false;
}

/* "No. of employees", "Workers (total)": a word for people and none that says which. */
static bool is_people(struct arena *a, const char *heading)
{
	static const char *const people[] = { "employees", "employee", "workers", "worker", "staff",
		"emp", "empl", "empls", "ees", "headcount", "workforce", "personnel", "people",
		NULL };
	static const char *const beside[] = { "number", "no", "num", "nbr", "nr", "of", "total",
		"the", "count", "numbers", "s", "in", "all", NULL };
	char **word = str_split(a, text_key(a, heading), " ", NULL);
	size_t found = 0;

	for (; *word; word++)
		if (among(a, *word, people))
			found++;
		else if (!among(a, *word, beside))
			return false;
	return found == 1;
}

bool heading_is_people(struct arena *a, const char *heading)
{
	const char *between = strstr(heading, " / ");

	return is_people(a, heading) ||
	       (between && (is_people(a, arena_strndup(a, heading, (size_t)(between - heading))) ||
	                           is_people(a, between + 3)));
}

bool heading_is_firm(struct arena *a, const char *heading)
{
	static const char *const names[] = { "establishment", "establishment name", "site",
		"site name", "name of site", "facility", "facility name", "plant", "plant name",
		"location name", "name of facility", "store", "branch", "work site", "worksite",
		"division", "premises", "workplace", "jobsite", "job site", NULL };

	return among(a, heading, names);
}

/* "Company/Address": one cell with both, the name in its first line. */
bool heading_is_firm_and_address(struct arena *a, const char *heading)
{
	static const char *const firm[] = { "company", "employer", "business", "organisation",
		"organization", "firm", NULL };

	for (char **word = str_split(a, text_key(a, heading), " ", NULL); *word; word++)
		if (among(a, *word, firm))
			return true;
	return false;
}

const struct heading_target notice_letter = { "notice date",
	NAMES("date of notice", "date of warn notice", "warn date", "letter date", "notice given",
	        "date notice given"),
	TYPE_DATE, "!received" };

const struct heading_target notice_submitted = { "completion time",
	NAMES("timestamp", "submission time", "submitted at", "submission date",
	        "date of submission", "created", "created at", "date created", "start time",
	        "date added", "last modified"),
	TYPE_DATE, NULL };
