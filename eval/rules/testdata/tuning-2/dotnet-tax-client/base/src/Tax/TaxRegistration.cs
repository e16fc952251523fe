namespace Acme.Tax;

public static class TaxRegistration
{
    public static IServiceCollection AddTax(this IServiceCollection services, TaxOptions options)
    {
        services
            .AddHttpClient<TaxClient>(client =>
            {
                client.BaseAddress = options.BaseUrl;
                client.Timeout = TimeSpan.FromSeconds(8);
                client.MaxResponseContentBufferSize = 1024 * 1024;
                client.DefaultRequestHeaders.Add("X-Api-Key", options.ApiKey);
            })
            .SetHandlerLifetime(TimeSpan.FromMinutes(5));
        return services;
    }
}
