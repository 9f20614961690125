"""The holder of an account is compared with the person on record as banks write names."""

from payments.names import same_name


def test_a_name_is_compared_as_banks_write_it() -> None:
    assert same_name("Budi  Santoso, S.E.", "BUDI SANTOSO S E")
    assert not same_name("Budi Santoso", "Budi Santosa")
