package com.grocerly.loyalty;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

public interface LoyaltyAccountRepository extends JpaRepository<LoyaltyAccount, Long> {

    @Modifying
    @Query("""
            update LoyaltyAccount a
               set a.points = a.points + :points
             where a.cardNumber = :card
            """)
    int addPoints(String card, int points);
}
