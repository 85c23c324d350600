"""More first synonyms: the words of the domain in the languages people search in.

A group an editor has changed or deleted since stays as it is.
"""

from django.db import migrations

GROUPS = (
    ["Frauen", "women", "femmes", "mujeres", "donne", "kadınlar", "نساء", "زنان", "жінки", "женщины"],
    ["Kinder", "children", "enfants", "niños", "bambini", "çocuklar", "أطفال", "کودکان", "діти", "дети"],
    ["Jugendliche", "junge Menschen", "young people", "jeunes", "jóvenes", "giovani", "gençler", "شباب", "جوانان", "молодь", "молодёжь"],
    ["Eltern", "parents", "padres", "genitori", "ebeveynler", "الآباء", "والدین", "батьки", "родители"],
    ["Familie", "family", "famille", "familia", "famiglia", "aile", "عائلة", "خانواده", "родина", "семья"],
    ["Senior*innen", "ältere Menschen", "older people", "personnes âgées", "yaşlılar", "كبار السن", "літні люди", "пожилые люди"],
    ["Migrant*innen", "Zugewanderte", "Eingewanderte", "Menschen mit Migrationsgeschichte", "Menschen mit Migrationshintergrund", "migrants", "immigrés", "migrantes", "migranti", "göçmenler", "مهاجرون", "مهاجران", "мігранти", "мигранты"],
    ["Migration", "Zuwanderung", "Einwanderung", "immigration", "inmigración", "immigrazione", "göç", "هجرة", "مهاجرت", "міграція", "миграция"],
    ["Integration", "intégration", "integración", "integrazione", "uyum", "entegrasyon", "اندماج", "інтеграція", "интеграция"],
    ["Asyl", "asylum", "asile", "asilo", "iltica", "sığınma", "لجوء", "پناهندگی", "притулок", "убежище"],
    ["Abschiebung", "deportation", "expulsion", "sınır dışı", "ترحيل", "депортація", "депортация"],
    ["Ausländerbehörde", "Ausländeramt", "immigration office", "yabancılar dairesi", "دائرة الأجانب", "відомство у справах іноземців", "ведомство по делам иностранцев"],
    ["Behörden", "Ämter", "authorities", "autorités", "autoridades", "السلطات", "державні органи"],
    ["Wohnung", "Wohnraum", "housing", "logement", "vivienda", "alloggio", "konut", "سكن", "مسکن", "житло", "жильё"],
    ["Miete", "rent", "loyer", "alquiler", "affitto", "kira", "إيجار", "اجاره", "оренда", "аренда"],
    ["Arbeit", "work", "travail", "trabajo", "lavoro", "iş", "عمل", "کار", "робота", "работа"],
    ["Arbeitsrecht", "Rechte von Beschäftigten", "labour law", "workers' rights", "droit du travail", "derechos laborales", "iş hukuku", "قانون العمل", "трудове право", "трудовое право"],
    ["Bewerbung", "job application", "candidature", "iş başvurusu"],
    ["Selbständigkeit", "Selbstständigkeit", "Existenzgründung", "selbständig", "self-employment", "serbest meslek"],
    ["Schule", "school", "école", "escuela", "scuola", "okul", "مدرسة", "школа"],
    ["Studium", "Hochschule", "Universität", "university", "université", "universidad", "università", "üniversite", "جامعة", "دانشگاه", "університет", "университет"],
    ["Fortbildung", "Weiterbildung", "Schulung", "training", "formation", "formación", "formazione", "تدريب", "тренінг", "тренинг"],
    ["Gesundheit", "health", "santé", "salud", "salute", "sağlık", "صحة", "سلامت", "здоров'я", "здоровье"],
    ["Ärzt*innen", "Mediziner*innen", "doctors", "médecins", "médicos", "medici", "doktorlar", "أطباء", "лікарі", "врачи"],
    ["Krankenhaus", "Klinik", "Spital", "hospital", "hôpital", "ospedale", "hastane", "مستشفى", "بیمارستان", "лікарня", "больница"],
    ["Pflege", "Pflegekräfte", "nursing", "soins", "bakım", "رعاية", "догляд", "уход"],
    ["Beratung", "counselling", "advice", "asesoramiento", "consulenza", "danışmanlık", "استشارة", "مشاوره", "консультація", "консультация"],
    ["Diskriminierung", "Benachteiligung", "discrimination", "discriminación", "discriminazione", "ayrımcılık", "تمييز", "تبعیض", "дискримінація", "дискриминация"],
    ["Menschenrechte", "human rights", "droits humains", "derechos humanos", "diritti umani", "insan hakları", "حقوق الإنسان", "حقوق بشر", "права людини", "права человека"],
    ["Rechte", "rights", "droits", "derechos", "diritti", "haklar", "حقوق", "права"],
    ["Gewalt gegen Frauen", "Partnerschaftsgewalt", "violence against women", "violencia de género", "kadına yönelik şiddet", "العنف ضد المرأة", "насильство над жінками"],
    ["Teilhabe", "Partizipation", "Beteiligung", "Mitbestimmung", "participation", "participación", "partecipazione", "katılım", "مشاركة", "مشارکت", "участь", "участие"],
    ["Wahlrecht", "Wahlen", "wählen", "right to vote", "elections", "droit de vote", "derecho de voto", "seçme hakkı", "حق التصويت", "виборче право", "избирательное право"],
    ["Zusammenarbeit", "Kooperation", "cooperation", "collaboration", "coopération", "cooperación", "işbirliği", "تعاون", "همکاری", "співпраця", "сотрудничество"],
    ["Vernetzung", "Netzwerk", "networking", "network", "réseau", "rete", "شبكة", "мережа", "сеть"],
    ["Moderation", "moderieren", "moderating", "modération", "moderación", "moderasyon", "модерація", "модерация"],
    ["Online-Community", "Internetgemeinschaft", "digitale Gemeinschaft", "communauté en ligne", "comunidad en línea", "comunità online", "çevrimiçi topluluk", "онлайн-спільнота", "онлайн-сообщество"],
    ["Medienkompetenz", "Medienbildung", "media literacy", "éducation aux médias", "medya okuryazarlığı", "التربية الإعلامية", "медіаграмотність", "медиаграмотность"],
    ["Spenden", "donations", "dons", "donaciones", "donazioni", "bağış", "تبرعات", "пожертви", "пожертвования"],
    ["Stiftung", "foundation", "fondation", "fundación", "fondazione", "vakıf", "фонд"],
    ["Buchhaltung", "Buchführung", "accounting", "comptabilité", "contabilidad", "muhasebe", "محاسبة", "бухгалтерія", "бухгалтерия"],
    ["Vorstand", "executive board", "conseil d'administration", "yönetim kurulu", "مجلس الإدارة", "правління", "правление"],
    ["Steuern", "taxes", "impôts", "vergi", "ضرائب", "податки", "налоги"],
    ["Versicherung", "insurance", "assurance", "seguro", "sigorta", "تأمين", "بیمه", "страхування", "страхование"],
    ["Bürgergeld", "Grundsicherung", "Hartz IV", "ALG II"],
    ["Herkunftssprache", "Muttersprache", "Erstsprache", "Familiensprache", "heritage language", "mother tongue", "langue maternelle", "lengua materna", "anadil", "اللغة الأم", "рідна мова", "родной язык"],
    ["Alphabetisierung", "literacy", "alphabétisation", "alfabetización", "okuma yazma", "محو الأمية"],
    ["Kommune", "Stadtverwaltung", "municipality", "municipio", "belediye", "بلدية", "муніципалітет", "муниципалитет"],
    ["Konferenz", "Tagung", "Fachtagung", "conference", "conférence", "conferencia", "konferans", "مؤتمر", "конференція", "конференция"],
    ["Leitfaden", "Ratgeber", "Wegweiser", "Handreichung", "guide", "guía", "guida", "rehber", "دليل", "راهنما", "посібник", "руководство"],
    ["Muslim*innen", "muslims", "musulmans", "Müslümanlar", "المسلمون", "мусульмани", "мусульмане"],
    ["Moschee", "mosque", "mosquée", "cami", "مسجد", "мечеть"],
)  # fmt: skip

# The first word of a first group, and what joins it.
ADDITIONS = (
    ["Migrant*innenselbstorganisation", "Migrant*innenverein", "migrantische Organisation", "association de migrants", "asociación de migrantes", "associazione di migranti", "سازمان مهاجران"],
    ["Künstliche Intelligenz", "inteligencia artificial", "intelligenza artificiale"],
    ["Geflüchtete", "refugiados", "rifugiati"],
    ["Verein", "asociación", "associazione", "об'єднання", "объединение"],
    ["Vereinsgründung", "Gründung eines Vereins", "créer une association", "crear una asociación", "تأسيس جمعية", "створити організацію", "создать организацию"],
    ["Ehrenamt", "bürgerschaftliches Engagement", "voluntariado", "volontariato", "волонтёрство"],
    ["Ehrenamtliche", "voluntarios", "volontari", "داوطلبان"],
    ["Fördermittel", "Förderung", "Finanzierung", "funding", "financement", "financiación", "finanziamento", "hibe", "تمويل", "фінансування", "финансирование"],
    ["Antrag", "solicitud", "domanda", "طلب", "заява", "заявление"],
    ["Sprachkurs", "Sprachunterricht", "Deutsch lernen", "learn German", "curso de alemán", "corso di tedesco", "دورة اللغة الألمانية", "курс німецької", "курсы немецкого"],
    ["Aufenthaltserlaubnis", "permiso de residencia", "permesso di soggiorno", "اجازه اقامت", "посвідка на проживання"],
    ["Einbürgerung", "citizenship", "nacionalidad", "cittadinanza", "تابعیت"],
    ["Anerkennung ausländischer Abschlüsse", "Anerkennung von Abschlüssen", "reconnaissance des diplômes", "homologación de títulos", "riconoscimento dei titoli", "diploma denkliği", "الاعتراف بالشهادات", "визнання дипломів", "признание дипломов"],
    ["Wohnungssuche", "house hunting", "recherche de logement", "ev aramak", "búsqueda de vivienda"],
    ["Rassismus", "racisme", "racismo", "razzismo"],
    ["Hassrede", "discours de haine", "discurso de odio", "мова ворожнечі", "язык вражды"],
    ["Öffentlichkeitsarbeit", "relations publiques", "halkla ilişkiler", "العلاقات العامة"],
    ["Dolmetschen", "Dolmetscher*innen", "Sprachmittler*innen", "interpreters", "interprètes", "tercüman", "الترجمة الفورية"],
)  # fmt: skip


def add_words(apps, schema_editor):
    """Add words to the first groups that are still as they were, then the new groups."""
    from importlib import import_module  # noqa: PLC0415 - a migration's name is no identifier

    first = {words[0]: words for words in import_module("search.migrations.0003_first_synonyms").GROUPS}
    group = apps.get_model("search", "SynonymGroup")
    rows = {tuple(row.words): row for row in group.objects.all()}
    for name, *others in ADDITIONS:
        row = rows.get(tuple(first[name]))
        if row is not None:
            row.words = [*row.words, *others]
            row.save(update_fields=["words"])
    group.objects.bulk_create(
        group(words=list(words)) for words in GROUPS if tuple(words) not in rows
    )


class Migration(migrations.Migration):
    dependencies = [("search", "0004_files_wait_and_are_read")]

    operations = [migrations.RunPython(add_words, migrations.RunPython.noop)]
