namespace Lumaflix.Billing.Adyen;

public static class AdyenSetup
{
    public static void AddAdyen(this IServiceCollection services, AdyenSettings settings)
    {
        services.AddHttpClient<RenewalPayments>(http =>
            {
                http.BaseAddress = new Uri(settings.CheckoutEndpoint, "v71/");
                http.DefaultRequestHeaders.Add("X-API-Key", settings.ApiKey);
            })
            .AddStandardResilienceHandler();
    }
}
