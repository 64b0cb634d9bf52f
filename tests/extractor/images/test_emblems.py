"""Signs of a site and of its tools are no pictures of an article; pictures named after such things are."""

import pytest

from scraper.extractor.images.emblems import is_emblem, is_sign_of_site, is_stand_in


@pytest.mark.parametrize(
    "source",
    [
        "/up/google-pixel-9-test.jpg",
        "/up/market-share-2026.png",
        "/up/teens-and-social-media.webp",
        "/up/a-badge-for-the-brave.jpg",
        "/up/load-button-by-the-door.jpg",
        "/up/Xq7-ad-Kz_0b3F.jpeg",
    ],
)
def test_a_picture_of_what_a_story_is_about_is_no_emblem(source: str) -> None:
    assert not is_emblem("aligncenter size-full", source)


@pytest.mark.parametrize(
    "source",
    [
        "/i/facebook-share-button.png",
        "/i/share.png",
        "/t/pixel?key=1",
        "/i/site-logo.png",
        "/i/icon_smile.gif",
        "/i/1_de_btn.gif",
        "/images/icons/cookie.png",
        "/i/jane-avatar.jpg",
    ],
)
def test_what_a_page_is_equipped_with_is_an_emblem(source: str) -> None:
    assert is_emblem("", source)


def test_a_class_says_so_of_portraits_and_advertisements_not_of_where_they_may_stand() -> None:
    assert is_emblem("avatar photo", "jane.jpg")
    assert is_emblem("ads", "a.jpg")
    assert not is_emblem("block-image-ads hero-image", "a.jpg")
    assert not is_emblem("spip_logo", "crane.jpg")


@pytest.mark.parametrize("url", ["/img/blank.gif", "/img/leer.gif", "/img/lazy-load.png", "/no-placeholder-16x9.jpg"])
def test_what_a_script_replaces_is_a_stand_in(url: str) -> None:
    assert is_stand_in(url)


@pytest.mark.parametrize("url", ["/up/blanket.jpg", "/up/lazy-sunday.jpg", "/up/pixel-9.jpg", "/up/loading-dock.jpg"])
def test_a_picture_named_like_one_is_none(url: str) -> None:
    assert not is_stand_in(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://s0.cdn.example/i/blank.jpg",
        "https://www.harbour-post.example/logo-dark.png",
        "https://www.harbour-post.example/img/harbourpost_logo_share_600x600.png",
        "https://www.harbour-post.example/og-default.png",
        "https://www.harbour-post.example/wp-content/themes/post/head.jpg",
        "https://cdn.example/apple-touch-icon@2.png",
        "https://www.harbour-post.example/image?url=https%3A%2F%2Fcdn.example%2Flogos%2Fmonogram.jpg&w=1200",
    ],
)
def test_a_declared_picture_may_be_the_sign_of_the_site(url: str) -> None:
    assert is_sign_of_site(url, "www.harbour-post.example")


@pytest.mark.parametrize(
    "url",
    [
        "https://cdn.example/2026/crane.jpg",
        "https://cdn.example/2026/shipyard-logo.jpg",
        "https://cdn.example/61/51/63/default.jpg",
        "https://www.harbour-post.example/sites/default/files/crane.jpg",
        "https://cdn.example/social-shopping.webp",
    ],
)
def test_the_logo_that_a_story_is_about_is_its_picture(url: str) -> None:
    assert not is_sign_of_site(url, "www.harbour-post.example")


def test_a_name_of_many_digits_is_judged_as_soon_as_any() -> None:
    """A pattern that may part them in any way would be at it for years."""
    assert not is_stand_in(f"/up/blank{'1' * 200}z.doc")
    assert is_stand_in(f"/up/blank{'1' * 200}.gif")
