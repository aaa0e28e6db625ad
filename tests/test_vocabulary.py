"""Roles, skills and their aliases: the file, the matcher, the title rule, the mask."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.errors import InputError
from classifier.skills import Skill
from classifier.terms import tokenize
from classifier.vocabulary import FACETS, Role, Vocabulary, load_vocabulary

SHIPPED = load_vocabulary()
RESEARCH, SOFTWARE, OTHER = "research-engineer", "software-engineer", "other"

# Two roles of another field, as a user would write them.
OWN = """
[[role]]
name = "data-engineer"
titles = ["data engineer", "etl developer"]

[[role]]
name = "data-analyst"
titles = ["data analyst", "analyst"]
mask = ["data analyst"]

[[skill]]
name = "Pipelines"
aliases = ["data pipelines", "etl"]
facet = "responsibility"
roles = ["data-engineer"]

[[skill]]
name = "Dashboards"
facet = "tool"
roles = ["data-analyst"]
"""


def named(text: str, vocabulary: Vocabulary = SHIPPED) -> list[str]:
    return [match.skill for match in vocabulary.find_skills(text)]


def write(folder: Path, text: str) -> Path:
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return path


def small(*aliases: str, exact: tuple[str, ...] = (), listed: tuple[str, ...] = ()) -> Vocabulary:
    skill = Skill("Weaving", aliases, "skill", exact=exact, listed=listed)
    return Vocabulary((skill, Skill("Dyeing", (), "skill")), ())


# --- the shipped file -----------------------------------------------------------------------------

# What the article names, by section and role.
ARTICLE = {
    ("responsibility", RESEARCH): [
        "Conducting experiments",
        "New algorithms",
        "Publishing research papers",
        "Academic journals and conferences",
        "Collaborating with academic institutions",
        "Collaborating with industry partners",
        "Developing prototypes",
        "Validating new concepts",
        "Staying updated with research",
        "Theoretical foundations",
    ],
    ("responsibility", SOFTWARE): [
        "Implementing machine learning models",
        "Collaborating with data scientists",
        "Model requirements",
        "Optimizing algorithms",
        "Performance optimization",
        "Scalability",
        "Reliability",
        "Maintainability",
        "Monitoring models in production",
        "Evaluating model performance",
        "Deploying models",
        "Integrating machine learning",
        "Production environments",
    ],
    ("skill", RESEARCH): [
        "Machine learning theory",
        "Statistics",
        "Python",
        "R",
        "Julia",
        "Deep learning",
        "Rigorous experiments",
        "Analyzing results",
        "Mathematical skills",
        "Linear algebra",
        "Calculus",
        "Machine learning",
    ],
    ("skill", SOFTWARE): [
        "Software development practices",
        "Python",
        "Java",
        "C++",
        "Software engineering principles",
        "Version control",
        "Testing",
        "Problem solving",
        "Teamwork",
        "Programming languages",
    ],
    ("education", RESEARCH): [
        "Master's degree",
        "Ph.D.",
        "Computer science",
        "Mathematics",
        "Related field",
        "Advanced coursework",
        "Artificial intelligence",
        "Data science",
        "Research experience",
        "Peer-reviewed publications",
    ],
    ("education", SOFTWARE): [
        "Bachelor's degree",
        "Master's degree",
        "Software engineering",
        "Practical experience in software development",
        "Certifications",
        "Related field",
    ],
    ("tool", RESEARCH): [
        "Jupyter",
        "TensorFlow",
        "PyTorch",
        "Keras",
        "MATLAB",
        "Data analysis",
        "Data visualization",
        "Git",
        "Research code",
        "Deep learning frameworks",
    ],
    ("tool", SOFTWARE): [
        "IDEs",
        "PyCharm",
        "Visual Studio Code",
        "scikit-learn",
        "TensorFlow",
        "Keras",
        "Machine learning libraries",
        "Docker",
        "Containerization",
        "Prometheus",
        "Grafana",
        "Monitoring tools",
        "AWS",
        "Google Cloud",
        "Azure",
        "Cloud platforms",
    ],
    ("industry", RESEARCH): [
        "Academia",
        "Research institutions",
        "Technology companies",
        "AI research",
        "Government",
        "Defense",
    ],
    ("industry", SOFTWARE): [
        "Technology companies",
        "Software products",
        "Financial services",
        "Risk assessment",
        "Healthcare",
        "Predictive analytics",
        "E-commerce",
        "Customer experience",
        "Personalization",
    ],
}


@pytest.mark.parametrize(("facet", "role"), ARTICLE, ids=" of ".join)
def test_the_article_is_there_by_section_and_role(facet: str, role: str) -> None:
    there = {
        skill.name
        for skill in SHIPPED.skills
        if skill.facet == facet and role in skill.roles and skill.origin == "article"
    }
    assert set(ARTICLE[facet, role]) - there == set()


def test_the_shipped_file_knows_every_role_and_facet() -> None:
    assert [role.name for role in SHIPPED.roles] == [RESEARCH, SOFTWARE, OTHER]
    assert {skill.facet for skill in SHIPPED.skills} == set(FACETS)
    for role in SHIPPED.roles:
        assert len([skill for skill in SHIPPED.skills if role.name in skill.roles]) > 50
        assert role.titles
        assert role.mask
    assert 250 <= len(SHIPPED.skills) <= 350
    assert all(skill.roles for skill in SHIPPED.skills)


def test_every_alias_finds_its_skill() -> None:
    for skill in SHIPPED.skills:
        for alias in (*skill.aliases, *skill.exact):
            assert [m[:2] for m in SHIPPED.find_skills(alias)] == [(skill.name, skill.facet)], alias
        for alias in skill.listed:
            assert skill.name in named(f"{alias}, Python"), alias
            assert named(alias) == [], alias


def test_plain_aliases_ignore_case() -> None:
    for skill in SHIPPED.skills:
        for alias in skill.aliases:
            assert named(alias.upper()) == named(alias.lower()) == [skill.name], alias


# --- skills in a text -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        pytest.param("Python, R, or Julia", ["Python", "R", "Julia"], id="a list with or"),
        pytest.param("a little Go/Rust", ["Go", "Rust"], id="two short names hold each other"),
        pytest.param("Services written in Go.", ["Go"], id="in Go at the end"),
        pytest.param(
            "Coding In Go", ["Programming languages", "Go"], id="small letters as capitals"
        ),
        pytest.param("a list_\nReact", ["React"], id="the line before is not glued"),
        pytest.param("Golang, gRPC", ["Go", "GraphQL and gRPC"], id="golang"),
        pytest.param("C/C++ and C#", ["C", "C++", "C#"], id="three kinds of C"),
        pytest.param("RESTful services", ["REST"], id="restful"),
        pytest.param("gRPC or REST", ["GraphQL and gRPC", "REST"], id="REST in a list"),
        pytest.param("Python (R is a plus)", ["Python", "R"], id="brackets"),
        pytest.param("Python • Go • Rust", ["Python", "Go", "Rust"], id="bullets in one line"),
        pytest.param("SQL,\n  R and Python", ["SQL", "R", "Python"], id="a list over two lines"),
        pytest.param("MATLAB and/or R", ["MATLAB", "R"], id="and/or"),
        pytest.param("Kotlin & Swift", ["Kotlin", "Swift"], id="ampersand"),
        pytest.param("Excel, Word", ["Excel", "Office software"], id="office"),
        pytest.param("Spark, Kafka", ["Spark", "Kafka"], id="spark"),
        pytest.param("PYTHON AND SQL", ["Python", "SQL"], id="capitals"),
        pytest.param("Ph.D., PhD, Ph. D.; doctorate", ["Ph.D."] * 4, id="four doctors"),
        pytest.param("an M.Sc. or master’s", ["Master's degree"] * 2, id="masters"),
        pytest.param("BS/MS required", ["Bachelor's degree", "Master's degree"], id="BS/MS"),
        pytest.param("node.js, NodeJS", ["Node.js", "Node.js"], id="node"),
        pytest.param("Scikit learn / sklearn", ["scikit-learn"] * 2, id="scikit-learn"),
        pytest.param("CI/CD with .NET", ["CI/CD", ".NET"], id="signs in names"),
        pytest.param("ICML or NeurIPS", ["Publication venues"] * 2, id="venues"),
        pytest.param("Our peer-reviewed work", ["Peer-reviewed publications"], id="peer review"),
        pytest.param("you run experiments", ["Conducting experiments"], id="run experiments"),
        pytest.param("machine learning research", ["AI research"], id="the longest alias wins"),
        pytest.param(
            "Go-based Spark jobs", ["Go", "Spark"], id="plain phrases hold the short name"
        ),
    ],
)
def test_skills_are_found(text: str, skills: list[str]) -> None:
    assert named(text) == skills


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("Our R&D team, in R&D since 1990", "R"),
        ("R & D, Python", "R"),
        ("Ask R. Smith or Python users", "R"),
        ("Python, R-squared", "R"),
        ("Go to market with SQL", "Go"),
        ("go-to-market, Python", "Go"),
        ("in Go-to-market teams", "Go"),
        ("we go, Python stays", "Go"),
        ("Python. Go and see", "Go"),
        ("Python\nGo above and beyond", "Go"),
        ("after our Series C", "C"),
        ("C-level, Python", "C"),
        ("Vitamin C for all", "C"),
        ("Plan B and C", "C"),
        ("we excel at Python", "Excel"),
        ("Excel at SQL", "Excel"),
        ("the rest of the team", "REST"),
        ("THE REST OF THE TEAM", "REST"),
        ("Julia leads the team", "Julia"),
        ("swift, Kotlin-like help", "Swift"),
        ("Swift replies", "Swift"),
        ("Spark joy in SQL users", "Spark"),
        ("spark, python", "Spark"),
        ("the Rust Belt", "Rust"),
        ("net income, Python", ".NET"),
        ("react to change", "React"),
        ("a non-React app", "React"),
        ("use_React", "React"),
        ("Healthcare and Go", "Go"),
        ("Boston, MA", "Master's degree"),
        ("the best master plan", "Master's degree"),
        ("at the helm", "Kubernetes"),
        ("unity of purpose", "Games and graphics"),
        ("gitarre", "Git"),
        ("Javanese", "Java"),
        ("__Go__, Python", "Go"),
    ],
)
def test_other_meanings_are_not_found(text: str, skill: str) -> None:
    assert skill not in named(text)


def test_a_match_gives_facet_and_place() -> None:
    text = "We need  Linear   Algebra!"
    [match] = SHIPPED.find_skills(text)
    assert match == ("Linear algebra", "skill", 9, 25)
    assert text[match.start : match.end] == "Linear   Algebra"


def test_the_longest_alias_that_fits_wins() -> None:
    vocabulary = small("silk", "fine silk yarn", exact=("Silk yarn",))
    spans = {
        "fine silk yarn": (0, 14),
        "fine Silk yarns": (5, 9),
        "my Silk yarn": (3, 12),
        "my silk yarn": (3, 7),  # without the capital the shorter alias is left
    }
    for text, span in spans.items():
        assert [match[2:] for match in vocabulary.find_skills(text)] == [span], text


def test_a_listed_word_needs_another_skill_beside_it() -> None:
    vocabulary = small(listed=("Loom", "Jig"))
    assert named("Loom or dyeing", vocabulary) == ["Weaving", "Dyeing"]
    assert named("dyeing, Loom", vocabulary) == ["Dyeing", "Weaving"]
    assert named("Loom/Jig", vocabulary) == ["Weaving", "Weaving"]
    for text in ("Loom, Loom", "Loom dyeing", "Loom\ndyeing", "Loom, and our dyeing", "loom, jig"):
        assert named(text, vocabulary) in ([], ["Dyeing"]), text


def test_a_long_gap_is_no_list_and_costs_nothing() -> None:
    for gap in (" " * 200_000, ", " * 100_000, " and" * 50_000):
        assert named(f"Python{gap} Go") == ["Python"]


def test_a_skill_spelled_only_with_capitals_has_no_plain_name() -> None:
    vocabulary = Vocabulary((Skill("Loom", (), "tool", exact=("Loom",)),), ())
    assert named("Loom loom LOOM", vocabulary) == ["Loom"]


WORDS = st.sampled_from(
    ["R", "C", "Go", "C++", "Spark", "in", "and", "or", ",", "/", "(", "&", "-", "R&D", "data"]
)
PIECES = st.lists(st.one_of(WORDS, st.text(max_size=4)), max_size=30)


@settings(max_examples=150, deadline=None)
@given(PIECES, st.sampled_from(["", " ", "\n"]))
def test_matches_are_in_order_apart_and_spelled_by_an_alias(pieces: list[str], gap: str) -> None:
    text = gap.join(pieces)
    matches = SHIPPED.find_skills(text)
    skills = {skill.name: skill for skill in SHIPPED.skills}
    for left, right in pairwise(matches):
        assert left.end <= right.start
    for match in matches:
        skill = skills[match.skill]
        spelled = (skill.name, *skill.aliases, *skill.exact, *skill.listed)
        assert match.facet == skill.facet
        assert tokenize(text[match.start : match.end]) in [tokenize(each) for each in spelled]


@settings(max_examples=150, deadline=None)
@given(
    aliases=st.sets(st.text("ab ", max_size=6).filter(str.strip), min_size=1, max_size=6),
    text=st.text("ab c", max_size=40),
)
def test_plain_aliases_match_as_a_slow_search_does(aliases: set[str], text: str) -> None:
    phrases = {tuple(alias.split()) for alias in aliases}
    vocabulary = small(*(" ".join(phrase) for phrase in phrases))
    words = text.split()
    expected, i = [], 0
    while i < len(words):
        sizes = [len(p) for p in phrases if tuple(words[i : i + len(p)]) == p]
        if sizes:
            expected.append(words[i : i + max(sizes)])
        i += max(sizes, default=1)
    found = [text[m.start : m.end].split() for m in vocabulary.find_skills(text)]
    assert found == expected


# --- titles and masks -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("Research Engineer, Speech", RESEARCH),
        ("Senior Applied Scientist II", RESEARCH),
        ("Postdoc in Robot Learning", RESEARCH),
        ("Quantitative Researcher", RESEARCH),
        ("Research Scientist / Software Engineer", RESEARCH),
        ("SENIOR SOFTWARE ENGINEER", SOFTWARE),
        ("Machine Learning Engineer - Sales Tools", SOFTWARE),
        ("Back-End Developer (f/m/d)", SOFTWARE),
        ("Member of Technical Staff", SOFTWARE),
        ("Site Reliability Engineer, Research", SOFTWARE),
        ("Software Engineering Manager", OTHER),
        ("Engineering Manager, Machine Learning", OTHER),
        ("Data Scientist, Pricing", OTHER),
        ("UX Researcher", OTHER),
        ("Security Engineer", OTHER),
        ("Senior Scientist, Cell Assays", OTHER),
        ("Professor of Statistics", OTHER),
    ],
)
def test_the_longest_phrase_of_a_title_gives_its_label(title: str, label: str) -> None:
    assert SHIPPED.label_title(title) == label


@pytest.mark.parametrize("title", ["", "  ", "Intern", "Chef de partie", "Engineers without", "42"])
def test_a_title_that_names_no_role_has_no_label(title: str) -> None:
    assert SHIPPED.label_title(title) is None


def test_of_equally_long_phrases_the_first_role_decides() -> None:
    cook, baker = Role("cook", ("chef", "line cook")), Role("baker", ("pastry chef", "oven"))
    assert Vocabulary((), (cook, baker)).label_title("Oven chef") == "cook"
    assert Vocabulary((), (baker, cook)).label_title("Chef, oven") == "baker"
    assert Vocabulary((), (cook, baker)).label_title("Chef, pastry chef") == "baker"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("As a Research Engineer, you test.", "As a , you test."),
        ("RESEARCH SCIENTISTS and software\nengineers", " and "),
        ("ML Engineer / Software-Engineer", " / "),
        ("Work with data scientists.", "Work with data scientists."),
        ("The Data Scientist we seek", "The  we seek"),
        ("research into software engineering", "research into software engineering"),
        ("", ""),
    ],
)
def test_role_names_are_masked(text: str, masked: str) -> None:
    assert SHIPPED.mask_role_names(text) == masked


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["we", "Build", "models", "über"]),
            st.sampled_from([phrase for role in SHIPPED.roles for phrase in role.mask]),
            st.sampled_from([str.title, str.upper, str.lower]),
        )
    )
)
def test_masking_leaves_all_other_text(pieces: list[tuple[str, str, Any]]) -> None:
    text = "; ".join(f"{word} {change(name)}" for word, name, change in pieces)
    assert SHIPPED.mask_role_names(text) == "; ".join(f"{word} " for word, _, _ in pieces)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_any_text_gets_an_answer(text: str) -> None:
    assert SHIPPED.label_title(text) in (RESEARCH, SOFTWARE, OTHER, None)
    assert len(SHIPPED.mask_role_names(text)) <= len(text)
    assert all(match.end <= len(text) for match in SHIPPED.find_skills(text))


# --- files ----------------------------------------------------------------------------------------


def test_an_own_file_stands_alone(tmp_path: Path) -> None:
    vocabulary = load_vocabulary(write(tmp_path, OWN))
    assert [skill.name for skill in vocabulary.skills] == ["Pipelines", "Dashboards"]
    assert {skill.origin for skill in vocabulary.skills} == {"extension"}
    assert named("ETL and dashboards in Python", vocabulary) == ["Pipelines", "Dashboards"]
    assert vocabulary.label_title("Junior ETL Developer") == "data-engineer"
    assert vocabulary.mask_role_names("data engineer, data analyst, analyst") == ", , analyst"


def test_an_extending_file_adds_and_replaces(tmp_path: Path) -> None:
    text = """
    extends = true
    [[role]]
    name = "cook"
    titles = ["chef"]
    [[skill]]
    name = "Data pipelines"
    aliases = ["conveyor"]
    facet = "tool"
    roles = ["cook", "software-engineer"]
    [[skill]]
    name = "Wallboards"
    facet = "tool"
    """
    vocabulary = load_vocabulary(write(tmp_path, text))
    assert [role.name for role in vocabulary.roles] == [RESEARCH, SOFTWARE, OTHER, "cook"]
    assert len(vocabulary.skills) == len(SHIPPED.skills) + 1
    assert named("data ingestion and conveyor, Python, wallboards", vocabulary) == [
        "Data pipelines",
        "Python",
        "Wallboards",
    ]
    assert vocabulary.label_title("Head chef") == "cook"


def test_without_a_path_the_shipped_file_is_read() -> None:
    assert load_vocabulary(None) == SHIPPED


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("[[role", "no TOML in UTF-8: ", id="broken TOML"),
        pytest.param("x = " + "[" * 5000, "no TOML in UTF-8: ", id="nested too deep"),
        pytest.param("extends = 1", "extends is 1; write true or false", id="extends"),
        pytest.param("kill = 1", "vocabulary: unknown key 'kill'; known: role, skill", id="key"),
        pytest.param("skill = 3", "skill is 3; write [[skill]] tables", id="no tables"),
        pytest.param("extends = true\nrole = [1]", "role is [1]; write [[role]] tables", id="list"),
        pytest.param(
            "[[role]]\ntitles = []", "role '': name is missing; add it", id="no role name"
        ),
        pytest.param(
            '[[skill]]\nname = " "\nfacet = "tool"', "name is ' '; write a text", id="blank name"
        ),
        pytest.param('[[skill]]\nname = "A"', "skill 'A': facet is missing; add it", id="no facet"),
        pytest.param(
            '[[skill]]\nname = "A"\nfacet = "toy"',
            "skill 'A': unknown facet 'toy'; known: responsibility, skill, education, tool, ind",
            id="unknown facet",
        ),
        pytest.param(
            '[[skill]]\nname = "A"\nfacet = "tool"\norigin = "me"',
            "skill 'A': unknown origin 'me'; known: article, extension",
            id="unknown origin",
        ),
        pytest.param(
            '[[skill]]\nname = "A"\nfacet = "tool"\nroles = ["cook"]',
            "skill 'A': unknown role 'cook'; known: ",
            id="unknown role",
        ),
        pytest.param(
            '[[skill]]\nname = "A"\nfacet = "tool"\nalias = []',
            "skill 'A': unknown key 'alias'; known: name, aliases, facet, roles, origin, exact, l",
            id="unknown key of a skill",
        ),
        pytest.param(
            '[[skill]]\nname = "A"\nfacet = "tool"\naliases = "b"',
            "skill 'A': aliases is 'b'; write a list of texts",
            id="a text for a list",
        ),
        pytest.param(
            '[[skill]]\nname = "A"\nfacet = "tool"\nlisted = [1]',
            "skill 'A': listed is [1]; write a list of texts",
            id="a list of numbers",
        ),
        pytest.param(
            '[[skill]]\nname = "A"\nfacet = 7', "facet is 7; write a text", id="a number for a text"
        ),
        pytest.param(
            '[[skill]]\nname = "A"\nfacet = "tool"\naliases = ["--"]',
            "skill 'A': the phrase '--' has no word; remove it",
            id="empty alias",
        ),
        pytest.param(
            '[[skill]]\nname = "A"\nfacet = "tool"\nlisted = ["big A"]',
            "skill 'A': listed has 'big A'; write single words",
            id="two listed words",
        ),
        pytest.param(
            '[[skill]]\nname = "A"\nfacet = "tool"\naliases = ["x-y"]\n'
            '[[skill]]\nname = "B"\nfacet = "tool"\nexact = ["X Y"]',
            "skill 'B': 'X Y' belongs to skill 'A' too; keep one",
            id="claimed by two skills",
        ),
        pytest.param(
            '[[role]]\nname = "a"\ntitles = ["cook"]\n[[role]]\nname = "b"\ntitles = ["Cook"]',
            "role 'b': 'Cook' belongs to role 'a' too; keep one",
            id="a title of two roles",
        ),
        pytest.param(
            '[[role]]\nname = "a"\nmask = [""]',
            "role 'a': the phrase '' has no word; remove it",
            id="empty mask",
        ),
        pytest.param(
            'extends = true\n[[skill]]\nname = "Snakes"\nfacet = "tool"\naliases = ["python"]',
            "skill 'Snakes': 'python' belongs to skill 'Python' too; keep one",
            id="claimed from the shipped file",
        ),
    ],
)
def test_a_broken_file_is_refused_in_one_line(tmp_path: Path, text: str, message: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(InputError) as error:
        load_vocabulary(path)
    assert str(error.value).startswith(f"{path}: ")
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.toml: No such file .*; give a vocabulary in TOML"):
        load_vocabulary(tmp_path / "none.toml")
    with pytest.raises(InputError, match="Is a directory; give a vocabulary in TOML"):
        load_vocabulary(tmp_path)
    path = tmp_path / "latin.toml"
    path.write_bytes(b'[[skill]]\nname = "\xe9"')
    with pytest.raises(InputError, match=r"latin\.toml: no TOML in UTF-8"):
        load_vocabulary(path)


def test_a_byte_order_mark_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(OWN, encoding="utf-8-sig")
    assert len(load_vocabulary(path).skills) == 2


# --- the vocabulary of a saved model --------------------------------------------------------------


def test_the_shipped_vocabulary_survives_json() -> None:
    text = json.dumps(SHIPPED.to_dict())
    again = Vocabulary.from_dict(json.loads(text))
    assert again == SHIPPED
    assert json.dumps(again.to_dict()) == text


NAMES = st.lists(st.text("abcdeR+ ", min_size=1, max_size=5).filter(tokenize), max_size=4)


@settings(max_examples=100, deadline=None)
@given(NAMES, st.sampled_from(FACETS), st.sampled_from([(), ("cook",)]))
def test_any_vocabulary_survives_json(names: list[str], facet: str, roles: tuple[str, ...]) -> None:
    unique = list({tuple(tokenize(name)): name for name in names}.values())
    skills = tuple(Skill(name, (), facet, roles) for name in unique)
    vocabulary = Vocabulary(skills, (Role("cook", ("chef",)),))
    assert Vocabulary.from_dict(json.loads(json.dumps(vocabulary.to_dict()))) == vocabulary


@pytest.mark.parametrize(
    "data",
    [
        None,
        7,
        [],
        [["role"]],
        {"role": None},
        {"role": {"name": "a"}},
        {"role": [{"name": None}]},
        {"role": [{"name": "a", "titles": {"a": 1}}]},
        {"skill": [[]]},
        {"skill": [{"name": "a", "facet": ["tool"]}]},
        {"skill": [{"name": "a", "facet": "tool", "roles": [None]}]},
        {"skill": [{"name": "a" * 9, "facet": "tool", "aliases": [["x"]] * 10_000}]},
    ],
    ids=lambda data: repr(data)[:40],
)
def test_hostile_data_is_refused(data: Any) -> None:  # noqa: ANN401 - the point of the test
    with pytest.raises(InputError) as error:
        Vocabulary.from_dict(data)
    assert len(str(error.value)) < 200


def test_totals_name_role_and_facet() -> None:
    assert SHIPPED.totals["Docker"] == [f"{SOFTWARE}: tool"]
    assert SHIPPED.totals["Python"] == [f"{RESEARCH}: skill", f"{SOFTWARE}: skill"]
    assert SHIPPED.totals.keys() == {skill.name for skill in SHIPPED.skills}


def test_a_vocabulary_does_not_grow_when_it_is_used() -> None:
    # A thread may write a copy of it for another process meanwhile.
    vocabulary = load_vocabulary()
    before = set(vars(vocabulary))
    assert vocabulary.totals
    vocabulary.find_skills("Python and SQL")
    vocabulary.find_role_names(["research", "engineer"])
    vocabulary.label_title("Software Engineer")
    assert set(vars(vocabulary)) == before
