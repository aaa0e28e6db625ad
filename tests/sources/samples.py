"""One small payload of each source, all of them invented, and pages that are of no source."""

import json
from typing import Any

from classifier.sources.payload import read_xml
from classifier.sources.wire import Page, Request

# A page where a list of postings was due: what a server says when a site has gone.
WRONG_SHAPES = [
    b"",
    b"<!doctype html><html><body><h1>Page not found</h1></body></html>",
    b'{"error": "no such site"}',
    b'{"status": 404, "message": {"jobs": []}}',
    b"[17, null]",
    b"null",
    b'"gone"',
    b'{"jobs": {"17": {"title": "Baker"}}, "items": 3, "result": "none", "offers": null}',
    b"\xff\xfe\x00\xd8",
]

JSON_SAMPLES: dict[str, Any] = {
    "greenhouse": {
        "jobs": [
            {
                "id": 4100017,
                "title": "Oven Engineer",
                "absolute_url": "https://job-boards.greenhouse.io/crumbworks/jobs/4100017",
                "location": {"name": "Bergen, Norway"},
                "company_name": "Crumb Works",
                "content": "&lt;p&gt;Tune ovens.&lt;/p&gt;",
            }
        ],
        "meta": {"total": 1},
    },
    "lever": [
        {
            "id": "0b0c7f5e-1111-4222-8333-444455556666",
            "text": "Rigging Engineer",
            "hostedUrl": "https://jobs.lever.co/fjordrobotics/0b0c7f5e",
            "categories": {"location": "Tromsø", "commitment": "Full-time"},
            "description": "<p>Rig robots.</p>",
        }
    ],
    "ashby": {
        "apiVersion": "1",
        "jobs": [
            {
                "id": "a1b2",
                "title": "Data Engineer",
                "jobUrl": "https://jobs.ashbyhq.com/lanternlabs/a1b2",
                "location": "Lisbon",
                "isListed": True,
                "descriptionHtml": "<p>Build pipelines.</p>",
            }
        ],
    },
    "workable": {
        "name": "Heron Analytics",
        "description": "<p>We count birds.</p>",
        "jobs": [
            {
                "title": "Bird Analyst",
                "shortcode": "AB12CD34EF",
                "url": "https://apply.workable.com/j/AB12CD34EF",
                "city": "Ghent",
                "country": "Belgium",
            }
        ],
    },
    "smartrecruiters": {
        "offset": 0,
        "limit": 100,
        "totalFound": 1,
        "content": [
            {
                "id": "744000111222333",
                "name": "Pump Technician",
                "company": {"name": "Dune Pumps", "identifier": "DunePumps"},
                "location": {"city": "Graz", "country": "at"},
            }
        ],
    },
    "recruitee": {
        "offers": [
            {
                "id": 991,
                "slug": "sail-maker",
                "title": "Sail Maker",
                "company_name": "Zeil & Co",
                "careers_url": "https://zeil.recruitee.com/o/sail-maker",
            }
        ]
    },
    "teamtailor": {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Birch Bank",
        "items": [
            {
                "id": "7f00",
                "url": "https://birchbank.teamtailor.com/jobs/51-teller",
                "title": "Risk Analyst",
                "content_html": "<p>Weigh risks.</p>",
            }
        ],
    },
    "workday": {
        "total": 1,
        "jobPostings": [
            {
                "title": "Turbine Engineer",
                "externalPath": "/job/Odense/Turbine-Engineer_R-0042",
                "locationsText": "Odense",
                "postedOn": "Posted Today",
                "bulletFields": ["R-0042"],
            }
        ],
    },
    "bamboohr": {
        "meta": {"totalCount": 1},
        "result": [{"id": "31", "jobOpeningName": "Orchard Manager", "locationType": "0"}],
    },
    "breezy": [
        {
            "id": "c0ffee",
            "friendly_id": "c0ffee-roaster",
            "name": "Roaster",
            "url": "https://slowroast.breezy.hr/p/c0ffee-roaster",
        }
    ],
    "remoteok": [
        {"last_updated": 1790000000, "legal": "Name us and link to us."},
        {
            "id": "880001",
            "epoch": 1790000000,
            "position": "Go Developer",
            "company": "Kelp Cloud",
            "url": "https://remoteok.com/remote-jobs/880001",
        },
    ],
    "himalayas": {
        "offset": 0,
        "totalCount": 1,
        "jobs": [
            {
                "title": "Support Engineer",
                "companyName": "Yak Mail",
                "companySlug": "yak-mail",
                "pubDate": 1790000000,
                "guid": "https://himalayas.app/companies/yak-mail/jobs/support-engineer",
                "applicationLink": "https://himalayas.app/companies/yak-mail/jobs/support-engineer",
            }
        ],
    },
    "hn": {
        "nbHits": 1,
        "hits": [
            {
                "objectID": "9100002",
                "story_id": 9100001,
                "parent_id": 9100001,
                "_tags": ["comment", "author_baker", "story_9100001"],
                "author": "baker",
                "created_at": "2026-11-02T16:05:00Z",
                "comment_text": "Crumb Works | Oven Engineer | Bergen, Norway | ONSITE<p>We bake.",
            }
        ],
    },
}

TEXT_SAMPLES = {
    "personio": """<?xml version="1.0" encoding="UTF-8"?>
<workzag-jobs><position><id>2001</id><office>Jena</office><name>Lens Grinder</name>
</position></workzag-jobs>""",
    "weworkremotely": """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>We Work Remotely: Remote jobs</title>
<link>https://weworkremotely.com/remote-jobs</link>
<item><title>Moss Media: Video Editor</title><link>https://weworkremotely.com/remote-jobs/moss</link>
<guid>https://weworkremotely.com/remote-jobs/moss</guid></item></channel></rss>""",
    "rss": """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Jobs at Tidal Toys</title><link>https://tidal.example</link>
<item><title>Toy Tester</title><link>https://tidal.example/jobs/1</link></item></channel></rss>""",
    "pages": """<!doctype html><html><head><title>Baker</title>
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "JobPosting",
"title": "Night Baker", "hiringOrganization": {"@type": "Organization", "name": "Crumb Works"}}
</script></head><body><p>Bake at night.</p></body></html>""",
    "listing": """Featured Job 👉
Machine Learning Engineer
@ Fjord Robotics | Tromsø, Norway
Full Time Senior-level / Expert USD 100K - 130K
""",
}

SAMPLES: dict[str, bytes] = {
    **{name: json.dumps(value).encode() for name, value in JSON_SAMPLES.items()},
    **{name: text.encode() for name, text in TEXT_SAMPLES.items()},
}


def value_of(name: str) -> Any:  # noqa: ANN401 - a value of JSON, an element of XML, or text
    """Sample of a source as `is_mine` gets it."""
    if name in JSON_SAMPLES:
        return JSON_SAMPLES[name]
    text = TEXT_SAMPLES[name]
    return read_xml(Page(text.encode())) if text.startswith("<?xml") else text


def page(value: object, url: str = "") -> Page:
    """Page with bytes, text, or anything else as JSON; without url it is a file."""
    if isinstance(value, str):
        value = value.encode()
    content = value if isinstance(value, bytes) else json.dumps(value).encode()
    return Page(content, Request(url))
