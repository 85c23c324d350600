"""What members see of the review of what they have sent: those who may change the item, nobody else."""

from __future__ import annotations

from tests.matrix.roles import Row, by_role

THREAD = "<lang>/mitmachen/einreichungen/<uuid:public_id>/"
WITHDRAW = "<lang>/mitmachen/einreichungen/<uuid:public_id>/zuruecknehmen/"
APPEAL = "<lang>/mitmachen/einreichungen/<uuid:public_id>/widerspruch/"
NOBODY = "00000000-0000-4000-8000-000000000000"
# Editors read submissions in the admin.
OWNERS = by_role(302, 404, owner_a=200)

REVIEWING = [
    Row(THREAD, "/{lang}/mitmachen/einreichungen/{submission_uuid}/", OWNERS, OWNERS),
    Row(
        THREAD, f"/{{lang}}/mitmachen/einreichungen/{NOBODY}/", by_role(302, 404), by_role(302, 404)
    ),
    Row(
        WITHDRAW,
        "/{lang}/mitmachen/einreichungen/{submission_uuid}/zuruecknehmen/",
        OWNERS,
        by_role(302, 404, owner_a=302),
    ),
    Row(  # nothing is refused: it leads back
        APPEAL,
        "/{lang}/mitmachen/einreichungen/{submission_uuid}/widerspruch/",
        by_role(302, 404, owner_a=302),
        by_role(302, 404, owner_a=302),
    ),
]
