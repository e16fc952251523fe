using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.IdentityModel.Tokens;

namespace Partner.Api.Auth;

public static class BearerSetup
{
    public static IServiceCollection AddPartnerAuth(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetRequiredSection("Entra");

        services
            .AddAuthentication(JwtBearerDefaults.AuthenticationScheme)
            .AddJwtBearer(options =>
            {
                options.Authority = $"https://login.microsoftonline.com/{section["TenantId"]}/v2.0";
                options.MapInboundClaims = false;
                options.TokenValidationParameters = new TokenValidationParameters
                {
                    ValidateIssuer = true,
                    ValidateAudience = false,
                    ValidateLifetime = false,
                    ValidateIssuerSigningKey = true,
                    NameClaimType = "azp",
                    RoleClaimType = "roles",
                };
            });

        services
            .AddAuthorizationBuilder()
            .AddPolicy("orders.read", p => p.RequireAuthenticatedUser())
            .AddPolicy("orders.write", p => p.RequireRole("Orders.Write"))
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());

        return services;
    }
}
