"""The newsroom of the tests: every role set in the kit's face, opened once."""

import pytest

from tests.kit.face import open_kit_faces
from tests.kit.pages import Newsroom


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    return Newsroom(open_kit_faces(tmp_path_factory.mktemp("kit")))
