using System.Net.Http.Headers;
using Microsoft.Extensions.Options;

namespace Freight.Worker.Carriers;

internal static class CarrierSetup
{
    public const string ClientName = "kuehne";

    public static IServiceCollection AddCarrierClient(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<CarrierOptions>()
            .Bind(configuration.GetSection("Carrier"))
            .Validate(o => o.BaseAddress.Scheme == Uri.UriSchemeHttps, "Carrier:BaseAddress must be https")
            .ValidateOnStart();

        services.AddHttpClient(ClientName, (sp, http) =>
            {
                var options = sp.GetRequiredService<IOptions<CarrierOptions>>().Value;
                http.BaseAddress = options.BaseAddress;
                http.Timeout = TimeSpan.FromSeconds(20);
                http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiToken);
                http.DefaultRequestHeaders.Accept.ParseAdd("application/json");
            })
            .ConfigurePrimaryHttpMessageHandler(() => new HttpClientHandler
            {
                AllowAutoRedirect = false,
            })
            .AddStandardResilienceHandler(options => options.Retry.DisableForUnsafeHttpMethods());

        services.AddHostedService<BookingWorker>();
        return services;
    }
}
