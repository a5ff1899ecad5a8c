package io.kameleon.admin.detach;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.schemas.row.RowSchemas;
import org.junit.jupiter.api.Test;

class TopicRemovalTest {
    @Test
    void subjectsOfOtherTopicsStay() {
        assertThat(TopicRemoval.isOf("kameleon.shop", "kameleon.shop-kameleon.shop.db.t.Envelope"))
                .isTrue();
        assertThat(TopicRemoval.isOf("kameleon.shop.state", "kameleon.shop.state-io.kameleon.schemas.record.StateKey"))
                .isTrue();
        String ofOther = "kameleon.shop-2-" + RowSchemas.namespace("kameleon.shop-2") + ".db.t.Envelope";
        assertThat(TopicRemoval.isOf("kameleon.shop-2", ofOther)).isTrue();
        assertThat(TopicRemoval.isOf("kameleon.shop", ofOther)).isFalse();
        assertThat(TopicRemoval.isOf("kameleon.shop", "kameleon.shop-kameleon.shop-kameleon.shop_kameleon.Envelope"))
                .isFalse();
        assertThat(TopicRemoval.isOf("kameleon.shop", "kameleon.shop.state-io.kameleon.schemas.record.StateKey"))
                .isFalse();
    }
}
