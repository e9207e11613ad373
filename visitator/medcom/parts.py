"""The parts most letters share: header, parties, citizen, relatives, codes (standard §1.1)."""

from lxml import etree

from visitator.domain.citizen import Citizen
from visitator.domain.messages import (
    Ability,
    AbilityScore,
    Diagnosis,
    NursingProblemArea,
    Reference,
)
from visitator.domain.party import (
    ContactInformation,
    Organisation,
    Person,
    Practitioner,
    Relative,
    Telephone,
)
from visitator.medcom.formatted import leaf_text
from visitator.medcom.shape import (
    Handler,
    Reading,
    Shape,
    Values,
    day,
    flag,
    inside,
    instant,
    many,
    number,
    one,
    rich,
    text,
    texts,
)

LETTER = Shape(
    {
        "Identifier": text("letter_id"),
        "VersionCode": text("version_code"),
        "StatisticalCode": text("statistical_code"),
        "Authorisation": instant("authorised_at"),
        "TypeCode": text("type_code"),
        "StatusCode": text("status_code"),
        "EpisodeOfCareIdentifier": text("episode_id"),
        "NotificationIdentifier": text("episode_id"),
    }
)

_ADDRESS: dict[str, Handler] = {
    "StreetName": text("street"),
    "SuburbName": text("suburb"),
    "DistrictName": text("district"),
    "PostCodeIdentifier": text("post_code"),
}
_NAMES: dict[str, Handler] = {
    "PersonGivenName": text("given_name"),
    "PersonSurnameName": text("surname"),
}

_PERSON = Shape(
    _ADDRESS
    | _NAMES
    | {
        "Identifier": text("identifier"),
        "IdentifierCode": text("identifier_code"),
        "PersonTitle": text("title"),
        "TelephoneSubscriberIdentifier": text("telephone"),
        "DepartmentName": text("department"),
    }
)

_CONTACT = Shape(
    {
        "ContactName": texts("names"),
        "ContactNamePrimary": texts("names"),
        "ContactNameSecondary": texts("names"),
        "TelephoneSubscriberIdentifier": text("telephone"),
        "TelefaxSubscriberIdentifier": text("telefax"),
        "EmailIdentifier": text("email"),
        "EmailAddressIdentifier": text("email"),
        "ContactTimeText": text("hours"),
    }
)

_ORGANISATION = Shape(
    _ADDRESS
    | {
        "EANIdentifier": text("gln"),
        "Identifier": text("identifier"),
        "IdentifierCode": text("identifier_code"),
        "OrganisationName": text("organisation"),
        "DepartmentName": text("department"),
        "UnitName": text("unit"),
        "TelephoneSubscriberIdentifier": text("telephone"),
        "MedicalSpecialityCode": text("speciality"),
        "SignedBy": many("signers", Person, _PERSON),
        "Signatur": many("signers", Person, _PERSON),
        "CoWriter": many("co_writers", Person, _PERSON),
        "ContactInformation": many("contacts", ContactInformation, _CONTACT),
        "AnswerTo": inside(Shape({"EANIdentifier": text("answer_to_gln")})),
    }
)

_PRACTITIONER = Shape(
    {
        "Identifier": text("identifier"),
        "IdentifierCode": text("identifier_code"),
        "PersonName": text("name"),
        "TelephoneSubscriberIdentifier": text("telephone"),
    }
)

_TELEPHONE = Shape(
    {
        "TelephoneSubscriberIdentifier": text("number"),
        "TelephoneCode": text("kind"),
        "TelephoneSubscriberCode": text("kind"),
    }
)


def _bare_telephone(element: etree._Element, values: Values, _reading: Reading) -> None:
    """A number without a kind is one more telephone."""
    if number := leaf_text(element):
        values.setdefault("telephones", []).append(Telephone(number=number))


_TELEPHONES: dict[str, Handler] = {
    "TelephoneSubscriberIdentifier": _bare_telephone,
    "TelephoneSubscriber": many("telephones", Telephone, _TELEPHONE),
    "CodedTelephoneSubscriberIdentifier": many("telephones", Telephone, _TELEPHONE),
}

_CITIZEN = Shape(
    _ADDRESS
    | _NAMES
    | _TELEPHONES
    | {
        "CivilRegistrationNumber": text("cpr"),
        "AlternativeIdentifier": text("replacement_cpr"),
        "Occupation": text("occupation"),
        "OccupancyText": text("occupation"),
        "NoTelephoneReason": text("no_telephone_reason"),
        "EmailAddressIdentifier": text("email"),
        "CoAddress": one("care_of", Person, _PERSON),
        "EpisodeOfCareStatusCode": text("stay_status"),
    }
)

_RELATIVE = Shape(
    _ADDRESS
    | _NAMES
    | _TELEPHONES
    | {
        "RelationCode": text("relation"),
        "EmailAddressIdentifier": text("email"),
        "InformedRelative": flag("informed"),
    }
)

RELATIVES: dict[str, Handler] = {
    "Relatives": inside(
        Shape(
            {
                "Relative": many("relatives", Relative, _RELATIVE),
                "Comment": rich("relatives_comment"),
            }
        )
    ),
    "Relative": many("relatives", Relative, _RELATIVE),
}

_TERMINOLOGY: dict[str, Handler] = {
    "Terminology": inside(
        Shape(
            {
                "Code": text("code"),
                "CodeSystem": text("code_system"),
                "CodeDescription": text("description"),
            }
        )
    )
}

_ABILITY = Shape(
    {
        "LastModifiedDate": day("last_modified"),
        "AbilityToFunctionRelevance": text("relevance"),
        "AbilityToFunctionElements": inside(
            Shape(
                {
                    "AbilityToFunctionElement": many(
                        "scores",
                        AbilityScore,
                        Shape(_TERMINOLOGY | {"Score": text("score"), "Comment": rich("comment")}),
                    )
                }
            )
        ),
    }
)
ABILITY = one("ability", Ability, _ABILITY)

NURSING_PROBLEM_AREAS = inside(
    Shape(
        {
            "NursingProblemArea": many(
                "nursing_problem_areas",
                NursingProblemArea,
                Shape(_TERMINOLOGY | {"ProblemArea": rich("text")}),
            )
        }
    )
)

_DIAGNOSIS = Shape({"Code": text("code"), "TypeCode": text("code_type"), "Text": text("text")})


def diagnosis(**said: bool) -> Handler:
    """An element that is a diagnosis; its name may say which, ``secondary=True``."""
    return many("diagnoses", Diagnosis, _DIAGNOSIS, **said)


DIAGNOSES = inside(Shape({"Diagnosis": diagnosis()}))

REFERENCES = many(
    "references",
    Reference,
    Shape(
        {
            "RefDescription": text("description"),
            "URL": text("url"),
            "SUP": flag("sup", true="true", false=None),
            "BIN": inside(
                Shape(
                    {
                        "ObjectIdentifier": text("object_id"),
                        "ObjectCode": text("object_code"),
                        "ObjectExtensionCode": text("extension"),
                        "OriginalObjectSize": number("size"),
                    }
                )
            ),
        }
    ),
)

HEADER: dict[str, Handler] = {
    "Letter": inside(LETTER),
    "Sender": one("sender", Organisation, _ORGANISATION),
    "Receiver": one("receiver", Organisation, _ORGANISATION),
    "CCReceiver": many("copies", Organisation, _ORGANISATION),
    "Practitioner": one("practitioner", Practitioner, _PRACTITIONER),
    "Patient": one("citizen", Citizen, _CITIZEN),
}
"""What any letter may begin with."""


def organisation(field: str) -> Handler:
    """An element that is an organisation."""
    return one(field, Organisation, _ORGANISATION)


def organisations(field: str) -> Handler:
    """An element that is an organisation and may come several times."""
    return many(field, Organisation, _ORGANISATION)


def person(field: str) -> Handler:
    """An element that is a person."""
    return one(field, Person, _PERSON)


def persons(field: str) -> Handler:
    """An element that is a person and may come several times."""
    return many(field, Person, _PERSON)
