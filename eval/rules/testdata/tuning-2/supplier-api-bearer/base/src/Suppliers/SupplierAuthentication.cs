using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;

namespace Acme.Suppliers;

public static class SupplierAuthentication
{
    public static IServiceCollection AddSupplierAuthentication(
        this IServiceCollection services, SupplierAuthOptions options)
    {
        services
            .AddAuthentication(JwtBearerDefaults.AuthenticationScheme)
            .AddJwtBearer(bearer =>
            {
                bearer.Authority = options.Authority;
                bearer.RequireHttpsMetadata = true;
                bearer.BackchannelTimeout = TimeSpan.FromSeconds(5);
                bearer.MapInboundClaims = false;
                bearer.IncludeErrorDetails = false;
                bearer.TokenValidationParameters = new TokenValidationParameters
                {
                    ValidIssuer = options.Issuer,
                    ValidAudience = options.Audience,
                    ValidateIssuerSigningKey = true,
                    RequireSignedTokens = true,
                    RequireExpirationTime = true,
                    ClockSkew = TimeSpan.FromSeconds(20),
                    NameClaimType = "sub",
                };
            });

        services.AddAuthorizationBuilder()
            .AddPolicy("deliveries.write", p => p.RequireAuthenticatedUser().RequireAssertion(context =>
                context.User.FindAll("scope").SelectMany(c => c.Value.Split(' ')).Contains("deliveries.write")));
        return services;
    }
}
