using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;

namespace Telora.Porting;

public static class PortingGatewaySetup
{
    public static IServiceCollection AddPortingGateway(this IServiceCollection services, PortingOptions options)
    {
        services.AddSingleton(options);
        services.AddHttpClient<PortingGateway>(http =>
            {
                http.BaseAddress = options.Endpoint;
                http.Timeout = TimeSpan.FromSeconds(20);
                http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            })
            .ConfigurePrimaryHttpMessageHandler(() =>
            {
                var handler = new HttpClientHandler();
                handler.ClientCertificates.Add(
                    X509Certificate2.CreateFromPemFile(options.CertificatePath, options.KeyPath));
                return handler;
            });
        return services;
    }
}
