"""The kinds that the engine knows (内置区域类型), written out by hand."""

from layout_engine.page.regions.ad import compose_ad
from layout_engine.page.regions.article import article_columns, compose_article
from layout_engine.page.regions.brief import compose_brief
from layout_engine.page.regions.ear import compose_ear
from layout_engine.page.regions.folio import compose_folio
from layout_engine.page.regions.headline import compose_headline
from layout_engine.page.regions.kind import RegionKind
from layout_engine.page.regions.masthead import compose_masthead
from layout_engine.page.regions.photo import compose_photo
from layout_engine.page.regions.rules import compose_box, compose_rule
from layout_engine.page.regions.story import compose_story, story_columns
from layout_engine.spec.model_regions import (
    AdRegion,
    ArticleRegion,
    BoxRegion,
    BriefRegion,
    EarRegion,
    FolioRegion,
    HeadlineRegion,
    MastheadRegion,
    PhotoRegion,
    RuleRegion,
    StoryRegion,
)

BUILT_IN_KINDS: tuple[RegionKind, ...] = (
    RegionKind(StoryRegion, compose_story, story_columns),
    RegionKind(HeadlineRegion, compose_headline),
    RegionKind(ArticleRegion, compose_article, article_columns),
    RegionKind(BriefRegion, compose_brief),
    RegionKind(MastheadRegion, compose_masthead),
    RegionKind(EarRegion, compose_ear),
    RegionKind(FolioRegion, compose_folio),
    RegionKind(PhotoRegion, compose_photo),
    RegionKind(AdRegion, compose_ad),
    RegionKind(RuleRegion, compose_rule),
    RegionKind(BoxRegion, compose_box),
)
