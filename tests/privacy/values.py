"""Invented personal data in the ways people write it, with valid keys where there is a key."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from faker import Faker

TOWNS = (
    ("69003", "Lyon"),
    ("31200", "Toulouse"),
    ("29200", "Brest"),
    ("59000", "Lille"),
    ("13008", "Marseille"),
    ("35000", "Rennes"),
    ("54000", "Nancy"),
    ("63000", "Clermont-Ferrand"),
    ("42100", "Saint-Étienne"),
    ("01000", "Bourg-en-Bresse"),
    ("30100", "Alès"),
    ("76600", "Le Havre"),
    ("20200", "Bastia"),
    ("97400", "Saint-Denis"),
    ("97110", "Pointe-à-Pitre"),
    ("85000", "La Roche-sur-Yon"),
    ("75015", "Paris"),
    ("24100", "Bergerac"),
)
WAYS = (
    *("rue", "rue", "rue", "avenue", "av.", "boulevard", "bd", "chemin", "impasse", "allée"),
    *("place", "quai", "square", "route", "cours"),
)
STREETS = (
    *("des Lilas", "Victor Hugo", "de la République", "du Général Leclerc", "Jean Jaurès"),
    *("des Écoles", "du Moulin", "Saint-Michel", "de l'Église", "des Acacias", "Pasteur"),
    *("du 8 Mai 1945", "de la Gare", "des Frères Lumière", "Gambetta", "de Bretagne"),
)
WORLD = (
    *("Fatima Benali", "Mamadou Diallo", "Thi Mai Nguyen", "João Ferreira", "Ayşe Yılmaz"),
    *("Karim Bouzid", "Aminata Traoré", "Ewa Kowalska", "Mehdi El Amrani", "Rosa Da Silva"),
    *("Sofia Rossi", "Kevin Payet", "Marie-Ange Hoarau", "Moussa Konaté", "Ioana Popescu"),
)
MAILERS = (
    *("orange.fr", "free.fr", "gmail.com", "laposte.net", "wanadoo.fr", "sfr.fr", "hotmail.fr"),
    *("outlook.com", "yahoo.fr", "bbox.fr", "protonmail.com", "numericable.com"),
)
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre"),
    *("octobre", "novembre", "décembre"),
)
_PLATE = "ABCDEFGHJKLMNPQRSTVWXYZ"


def cut(digits: str, *lengths: int, by: str = " ") -> str:
    """Cut digits in groups of these lengths; the last group takes the rest."""
    groups, at = [], 0
    for length in lengths:
        groups.append(digits[at : at + length])
        at += length
    return by.join(group for group in [*groups, digits[at:]] if group)


def nir_key(number: str) -> str:
    """The two digits that check a NIR; Corsica's 2A and 2B count as 19 and 18."""
    return f"{97 - int(number.replace('2A', '19').replace('2B', '18')) % 97:02d}"


def iban_of(country: str, account: str) -> str:
    """An account with its country and the two digits that check both (ISO 7064)."""
    digits = "".join(str(int(sign, 36)) for sign in f"{account}{country}00")
    return f"{country}{98 - int(digits) % 97:02d}{account}"


def rib_key(bank: str, branch: str, account: str) -> str:
    """The two digits that check a French account; letters count as in the banks' table."""
    table = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "12345678912345678923456789")
    number = account.translate(table)
    return f"{97 - (89 * int(bank) + 15 * int(branch) + 3 * int(number)) % 97:02d}"


class Values:
    """Makers of data, a method a kind, drawn from one seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.faker = Faker("fr_FR")
        self.faker.seed_instance(seed)
        self.makers: Mapping[str, Callable[[], str]] = {
            "email": self.email,
            "phone": self.phone,
            "nir": self.nir,
            "iban": self.iban,
            "tax": self.tax,
            "file": self.file,
            "plate": self.plate,
            "birth": self.birth,
            "address": self.address,
            "person": self.person,
            "title": self.titled,
        }

    def digits(self, count: int) -> str:
        """Digits at random, the first not a zero."""
        return str(self.chance.randint(10 ** (count - 1), 10**count - 1))

    def email(self) -> str:
        """An address, the sign as it is, spaced or in words."""
        user = self.faker.user_name()
        if self.chance.random() < 0.5:
            user = self.faker.slug(f"{self.faker.first_name()} {self.faker.last_name()}")
            user = user.replace("-", self.chance.choice((".", "-", "_", "")))
        if self.chance.random() < 0.25:
            user += self.digits(2)
        host = self.chance.choice(MAILERS)
        spoken = host.replace(".", " point ")
        forms = (
            *(f"{user}@{host}",) * 6,
            *(f"{user} @ {host}", f"{user} arobase {host}", f"{user} arobase {spoken}"),
            *(f"{user}(at){host}", f"{user}@ {host}", f"{user.upper()}@{host.upper()}"),
            *(f"{user} [at] {host}",),
        )
        return self.chance.choice(forms)

    def phone(self) -> str:
        """A number of a person: mobile, fixed, overseas, with or without the country."""
        home = self.chance.choice(("01", "02", "03", "04", "05", "06", "06", "06", "07", "07"))
        second = self.chance.choice("345678")
        number = home + second + f"{self.chance.randrange(10**7):07d}"
        if self.chance.random() < 0.12:
            number = self.chance.choice(("0590", "0262", "0690", "0692", "0596", "0594"))
            number += f"{self.chance.randint(200000, 899999)}"
            return self.chance.choice((number, cut(number, 4, 2, 2), cut(number, 2, 2, 2, 2)))
        by = self.chance.choice((" ", " ", ".", "-", "/"))
        pairs, rest = cut(number, 2, 2, 2, 2, by=by), number[1:]
        forms = (
            *(number, number, pairs, pairs, pairs, f"+33{rest}", f"0033{rest}"),
            *(f"+33 {cut(rest, 1, 2, 2, 2)}", f"+33 (0){cut(rest, 1, 2, 2, 2)}"),
            *(f"0033 {cut(rest, 1, 2, 2, 2)}", cut(number, 4, 3)),
        )
        return self.chance.choice(forms)

    def nir(self) -> str:
        """A social security number, with a valid key or without key."""
        place = self.chance.choice(("2A", "2B", "97", "99", "75", "69", "31", "59", "13", "06"))
        number = (
            f"{self.chance.choice('12')}{self.chance.randrange(100):02d}"
            f"{self.chance.randint(1, 12):02d}{place}"
            f"{self.chance.randint(1, 480):03d}{self.chance.randint(1, 399):03d}"
        )
        key = nir_key(number)
        spaced = cut(number, 1, 2, 2, 2, 3)
        forms = (
            *(number + key, f"{spaced} {key}", f"{spaced} {key}", number, spaced),
            *(f"{number} {key}", f"{spaced} / {key}", f"{spaced.replace(' ', '.')}.{key}"),
        )
        return self.chance.choice(forms)

    def iban(self) -> str:
        """An account, most often French, valid to its last key."""
        bank, branch, account = self.digits(5), self.digits(5), self.digits(11)
        if self.chance.random() < 0.3:
            account = account[:7] + self.chance.choice("ABKXZ") + account[8:]
        found = iban_of("FR", bank + branch + account + rib_key(bank, branch, account))
        if self.chance.random() < 0.1:
            found = self.chance.choice((iban_of("DE", self.digits(18)),
                                        iban_of("LU", self.digits(16))))  # fmt: skip
        spaced = cut(found, *[4] * 6)
        return self.chance.choice((found, found, spaced, spaced, spaced.lower(), found.lower()))

    def tax(self) -> str:
        """A tax number: thirteen digits, the first from 0 to 3."""
        number = self.chance.choice("0123") + self.digits(12)
        return self.chance.choice(
            (number, number, cut(number, 2, 2, 3, 3), cut(number, 1, 3, 3, 3))
        )

    def file(self) -> str:
        """A number of a file, of a beneficiary or of a request."""
        letters = "".join(self.chance.choices(_PLATE, k=2))
        forms = (
            *(self.digits(7), self.digits(7) + letters[0], self.digits(7) + letters[1]),
            *(self.digits(8), self.digits(10), self.digits(12) + letters[0]),
            *(f"{self.chance.randint(2018, 2025)}-{self.digits(5)}", letters + self.digits(8)),
            *(cut(self.digits(9), 3, 3), f"{letters}-{self.digits(6)}"),
        )
        return self.chance.choice(forms)

    def plate(self) -> str:
        """A registration, of today's system or of the one before 2009."""
        two, three = self.chance.choices(_PLATE, k=2), self.chance.randint(100, 999)
        last = "".join(self.chance.choices(_PLATE, k=2))
        by = self.chance.choice("-- ")
        new = f"{''.join(two)}{by}{three}{by}{last}"
        old = (
            str(self.chance.randint(12, 9999)),
            last,
            self.chance.choice(("75", "69", "2A", "33")),
        )
        forms = (*(new,) * 6, new.replace(by, ""), new.lower(), " ".join(old), " ".join(old))
        return self.chance.choice((*forms, "".join(old)))

    def birth(self) -> str:
        """A date of birth, in digits or with its month in words."""
        day, month = self.chance.randint(1, 28), self.chance.randint(1, 12)
        year = self.chance.randint(1932, 2006)
        by = self.chance.choice("///-. ")
        first = "1er" if day == 1 else str(day)
        word = self.chance.choice((MONTHS[month - 1], MONTHS[month - 1].capitalize()))
        forms = (
            *(f"{day:02d}{by}{month:02d}{by}{year}",) * 3,
            *(f"{day:02d}/{month:02d}/{year % 100:02d}", f"{day}/{month}/{year}"),
            *(f"{first} {word} {year}",) * 4,
        )
        return self.chance.choice(forms)

    def address(self) -> str:
        """Where a person lives: always a street, the number and the town not always."""
        street = f"{self.chance.choice(WAYS)} {self.chance.choice(STREETS)}"
        if self.chance.random() < 0.4:
            street = self.faker.street_name()
        number = (
            f"{self.chance.randint(1, 240)}{self.chance.choice(('', '', '', ' bis', 'B', ' ter'))}"
        )
        street = f"{number}{self.chance.choice((' ', ', ', ' '))}{street}"
        code, town = self.chance.choice(TOWNS)
        town = self.chance.choice((town, town, town.upper()))
        by = self.chance.choice((" ", ", ", ", ", " à "))
        return self.chance.choice((f"{street}{by}{code} {town}",) * 3 + (street,))

    def name(self) -> tuple[str, str]:
        """A first name and a family name."""
        if self.chance.random() < 0.15:
            first, _, last = self.chance.choice(WORLD).partition(" ")
            return first, last
        return self.faker.first_name(), self.faker.last_name()

    def person(self) -> str:
        """A first name and a family name, in either order."""
        first, last = self.name()
        forms = (*(f"{first} {last}",) * 5, *(f"{first} {last.upper()}",) * 3)
        return self.chance.choice((*forms, f"{last.upper()} {first}"))

    def titled(self) -> str:
        """The name that follows « Madame »: the family name, or both."""
        first, last = self.name()
        forms = (last, last, last.upper(), f"{first} {last}", f"{first[0]}. {last}")
        return self.chance.choice(forms)
