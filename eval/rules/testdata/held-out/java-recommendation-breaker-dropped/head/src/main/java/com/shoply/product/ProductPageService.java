package com.shoply.product;

import org.springframework.stereotype.Service;

@Service
public class ProductPageService {

    private final ProductRepository products;
    private final RecommendationClient recommendations;

    public ProductPageService(ProductRepository products, RecommendationClient recommendations) {
        this.products = products;
        this.recommendations = recommendations;
    }

    public ProductPage page(String productId) {
        Product product = products.findById(productId)
                .orElseThrow(() -> new ProductNotFoundException(productId));

        return new ProductPage(product, recommendations.forProduct(productId));
    }
}
