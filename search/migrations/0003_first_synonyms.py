"""First groups of synonyms, so that a new site understands the words of its domain.

They belong to the editors from then on: what they change or delete does not come back.
"""

from django.db import migrations

GROUPS = (
    ["Migrant*innenselbstorganisation", "MSO", "Migrant*innenorganisation", "MO", "migrant organisation", "göçmen örgütü", "منظمة المهاجرين", "організація мігрантів", "организация мигрантов"],
    ["Künstliche Intelligenz", "KI", "Artificial Intelligence", "AI", "intelligence artificielle", "yapay zekâ", "الذكاء الاصطناعي", "هوش مصنوعی", "штучний інтелект", "искусственный интеллект"],
    ["Geflüchtete", "Flüchtlinge", "geflüchtete Menschen", "Schutzsuchende", "refugees", "réfugiés", "mülteciler", "لاجئون", "پناهندگان", "біженці", "беженцы"],
    ["Deutsch als Zweitsprache", "DaZ", "German as a second language"],
    ["Deutsch als Fremdsprache", "DaF", "German as a foreign language"],
    ["Nichtregierungsorganisation", "NGO", "NRO", "non-governmental organisation", "ONG"],
    ["Verein", "e. V.", "association", "dernek", "جمعية", "انجمن"],
    ["Vereinsgründung", "Verein gründen", "founding an association", "dernek kurmak"],
    ["Ehrenamt", "freiwilliges Engagement", "Freiwilligenarbeit", "volunteering", "bénévolat", "gönüllülük", "تطوع", "волонтерство"],
    ["Ehrenamtliche", "Freiwillige", "volunteers", "bénévoles", "gönüllüler", "متطوعون", "волонтери", "волонтёры"],
    ["Fördermittel", "Fördergelder", "Zuschüsse", "grants", "subventions"],
    ["Antrag", "application", "başvuru", "demande"],
    ["Spendensammlung", "Fundraising", "Spenden sammeln"],
    ["Gemeinnützigkeit", "gemeinnützig", "non-profit"],
    ["Satzung", "statutes", "tüzük"],
    ["Sprachkurs", "Deutschkurs", "German course", "cours d'allemand", "Almanca kursu", "دورة لغة"],
    ["Integrationskurs", "integration course", "uyum kursu"],
    ["Aufenthaltserlaubnis", "Aufenthaltstitel", "residence permit", "titre de séjour", "oturma izni", "تصريح الإقامة", "вид на жительство"],
    ["Asylverfahren", "Asylantrag", "asylum procedure"],
    ["Einbürgerung", "deutsche Staatsangehörigkeit", "Staatsbürgerschaft", "naturalisation", "vatandaşlık", "الجنسية", "громадянство", "гражданство"],
    ["Familiennachzug", "Familienzusammenführung", "family reunification", "regroupement familial", "aile birleşimi", "لم الشمل"],
    ["unbegleitete minderjährige Geflüchtete", "UMF", "UMA", "unaccompanied minors"],
    ["Anerkennung ausländischer Abschlüsse", "Berufsanerkennung", "recognition of qualifications", "denklik"],
    ["Arbeitsmarkt", "labour market", "iş piyasası", "سوق العمل", "ринок праці", "рынок труда"],
    ["Arbeitssuche", "Jobsuche", "Stellensuche", "job search", "iş arama", "البحث عن عمل", "пошук роботи", "поиск работы"],
    ["Berufsausbildung", "Lehre", "vocational training", "Azubi"],
    ["Wohnungssuche", "Wohnung finden", "flat hunting", "البحث عن سكن", "пошук житла", "поиск жилья"],
    ["Antidiskriminierung", "Diskriminierungsschutz", "anti-discrimination"],
    ["Allgemeines Gleichbehandlungsgesetz", "AGG"],
    ["Rassismus", "Fremdenfeindlichkeit", "racism", "ırkçılık", "العنصرية", "نژادپرستی", "расизм"],
    ["Antisemitismus", "Judenfeindlichkeit", "antisemitism"],
    ["Antimuslimischer Rassismus", "Islamfeindlichkeit", "Muslimfeindlichkeit", "Islamophobie"],
    ["Sinti und Roma", "Rom*nja", "Sinti*zze"],
    ["Black and People of Colour", "BIPoC", "BPoC", "PoC"],
    ["Hassrede", "Hate Speech", "Hass im Netz", "nefret söylemi", "خطاب الكراهية"],
    ["Desinformation", "Falschnachrichten", "Fake News", "disinformation", "dezenformasyon", "дезінформація"],
    ["Soziale Medien", "Social Media", "soziale Netzwerke", "réseaux sociaux", "sosyal medya", "وسائل التواصل الاجتماعي", "соціальні мережі", "социальные сети"],
    ["Öffentlichkeitsarbeit", "PR", "Pressearbeit", "public relations"],
    ["Datenschutz", "DSGVO", "Datenschutz-Grundverordnung", "GDPR", "data protection", "veri koruma", "حماية البيانات", "захист даних", "защита данных"],
    ["Barrierefreiheit", "barrierefrei", "accessibility", "accessibilité", "erişilebilirlik"],
    ["Menschen mit Behinderung", "behinderte Menschen", "people with disabilities"],
    ["Leichte Sprache", "einfache Sprache", "plain language", "easy language"],
    ["Mehrsprachigkeit", "mehrsprachig", "multilingualism", "plurilinguisme", "çok dillilik"],
    ["Dolmetschen", "Sprachmittlung", "interpreting", "tercümanlık"],
    ["Übersetzung", "translation", "traduction", "çeviri", "ترجمة", "переклад", "перевод"],
    ["LSBTIQ", "LGBTIQ", "LGBTQ", "queer"],
    ["Gewaltschutz", "Schutz vor Gewalt", "häusliche Gewalt", "domestic violence"],
    ["psychische Gesundheit", "seelische Gesundheit", "mental health", "santé mentale", "ruh sağlığı", "الصحة النفسية", "психічне здоров'я", "психическое здоровье"],
    ["politische Teilhabe", "politische Partizipation", "political participation", "siyasi katılım", "المشاركة السياسية", "політична участь"],
    ["digitale Teilhabe", "digitale Inklusion", "digital participation", "digital inclusion", "dijital katılım", "المشاركة الرقمية", "цифрова участь"],
    ["Migrationsberatung für erwachsene Zuwanderer", "MBE", "Migrationsberatung"],
    ["Jugendmigrationsdienst", "JMD"],
    ["Bundesamt für Migration und Flüchtlinge", "BAMF"],
    ["Beratungsstelle", "Anlaufstelle", "counselling centre", "danışma merkezi"],
    ["Empowerment", "Selbstermächtigung", "Stärkung"],
    ["Jugendarbeit", "youth work", "gençlik çalışması"],
    ["Kindertagesstätte", "Kita", "Kindergarten", "kreş", "روضة أطفال", "дитячий садок", "детский сад"],
)  # fmt: skip


def add_groups(apps, schema_editor):
    """Add what is not there yet."""
    group = apps.get_model("search", "SynonymGroup")
    known = {tuple(words) for words in group.objects.values_list("words", flat=True)}
    group.objects.bulk_create(
        group(words=list(words)) for words in GROUPS if tuple(words) not in known
    )


class Migration(migrations.Migration):
    dependencies = [("search", "0002_files_synonyms_missing")]

    operations = [migrations.RunPython(add_groups, migrations.RunPython.noop)]
