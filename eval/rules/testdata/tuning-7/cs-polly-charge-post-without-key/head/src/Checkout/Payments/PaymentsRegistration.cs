using Microsoft.Extensions.Options;
using Polly;
using Polly.Extensions.Http;
using Polly.Timeout;

namespace Checkout.Payments;

public static class PaymentsRegistration
{
    public static IServiceCollection AddAcquirer(this IServiceCollection services)
    {
        services.AddHttpClient<AcquirerClient>((sp, http) =>
            {
                var options = sp.GetRequiredService<IOptions<AcquirerOptions>>().Value;
                http.BaseAddress = options.BaseAddress;
                http.DefaultRequestHeaders.Authorization = new("Bearer", options.SecretKey);
                http.Timeout = TimeSpan.FromSeconds(60);
            })
            .AddPolicyHandler(HttpPolicyExtensions
                .HandleTransientHttpError()
                .Or<TimeoutRejectedException>()
                .WaitAndRetryAsync(3, n => TimeSpan.FromMilliseconds(300 * Math.Pow(2, n) + Random.Shared.Next(200))))
            .AddPolicyHandler(Policy.TimeoutAsync<HttpResponseMessage>(TimeSpan.FromSeconds(10)));
        return services;
    }
}
